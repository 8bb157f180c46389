//! A bound that is met needs another.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn keep<T>(value: T) {
    leaf().await;
    drop(value);
}

fn start<T>(value: T) {
    spawn(keep(value));
}

fn main() {
    start(1);
}
