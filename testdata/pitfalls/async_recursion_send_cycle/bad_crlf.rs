// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

/// Tries again, later.
pub async fn retry(tries: u32) -> usize
where
    u32: Copy,
{
    // Wait first.
    leaf().await;
    let text = "two
lines";
    if tries > 0 {
        spawn(retry(tries - 1));
        //    ^^^^^^^^^^^^^^^^ async_recursion_send_cycle
    }
    text.len()
}

fn main() {
    spawn(retry(3));
}
