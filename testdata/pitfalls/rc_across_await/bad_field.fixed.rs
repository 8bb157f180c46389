// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

#[derive(Clone)]
struct Session {
    user: Arc<String>,
    //    ^^^^^^^^^^ rc_across_await
    id: u32,
}

impl Session {
    fn new(user: &str) -> Self {
        Self { user: Arc::new(user.to_string()), id: 1 }
    }

    async fn greet(self) {
    //             ---- held here
        leaf().await;
        //     ----- held at this await
        println!("{} {}", self.id, self.user);
    }
}

fn main() {
    let session = Session::new("ann");
    spawn(session.clone().greet());
    spawn(session.greet());
}
