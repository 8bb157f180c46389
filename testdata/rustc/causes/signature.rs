//! A bound that is met is not met by a caller, whose value would have to change.
use std::future::Future;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn count() {
    let count = Rc::new(1);
    leaf().await;
    println!("{count}");
}

fn start<F: Future + 'static>(future: F) {
    spawn(future);
}

fn main() {
    start(count());
}
