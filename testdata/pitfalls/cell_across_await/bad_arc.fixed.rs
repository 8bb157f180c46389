// edition:2021
use std::future::Future;
use std::sync::atomic::Ordering;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn main() {
    let done = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    //  ^^^^ cell_across_await
    spawn(async move {
        leaf().await;
        done.store(true, Ordering::Relaxed);
    //  ---- shared here
    });
}
