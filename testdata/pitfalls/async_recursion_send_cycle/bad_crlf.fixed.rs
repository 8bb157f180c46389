// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

/// Tries again, later.
pub fn retry(tries: u32) -> impl Future<Output = usize> + Send
where
    u32: Copy,
{
    async move {
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
}

fn main() {
    spawn(retry(3));
}
