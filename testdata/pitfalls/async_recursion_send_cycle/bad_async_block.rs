// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn retry(tries: u32) {
    leaf().await;
    if tries > 0 {
        spawn(async move {
            retry(tries - 1).await;
        //  ^^^^^^^^^^^^^^^^ async_recursion_send_cycle
        });
    }
}

fn main() {
    spawn(retry(3));
}
