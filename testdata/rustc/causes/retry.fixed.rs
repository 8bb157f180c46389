//! A task that starts itself again may as well wait, but then it contains itself.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn retry(tries: u32) {
    leaf().await;
    if tries > 0 {
        retry(tries - 1).await;
    }
}
