// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_length: usize) {}

mod names {
    // Of another place, for one thread.
    pub fn load() -> std::sync::Arc<str> {
        "attic".into()
    }
}

async fn measure() {
    let name: Arc<str> = names::load();
    //  ^^^^ rc_across_await
    let length = name.len();
    send(length).await;
    //           ----- held at this await
}

fn main() {
    spawn(measure());
}
