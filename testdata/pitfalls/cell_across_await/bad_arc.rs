// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn main() {
    let done = std::sync::Arc::new(std::cell::Cell::new(false));
    //  ^^^^ cell_across_await
    spawn(async move {
        leaf().await;
        done.set(true);
    //  ---- shared here
    });
}
