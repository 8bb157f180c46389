// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// Says something as long as the name is there.
async fn watch(name: std::sync::Weak<String>) {
//             ^^^^ rc_across_await
    leaf().await;
    //     ----- held at this await
    if let Some(name) = name.upgrade() {
        println!("{}", name);
    }
}

fn main() {
    let name = Arc::new("attic".to_string());
    spawn(watch(Arc::downgrade(&name))); // not kept alive
}
