// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn clear(mut frame: Vec<u8>) {
    //  ^^^^^ raw_pointer_across_await
    leaf().await;
    //     ----- held at this await
    // SAFETY: nobody else changes or frees the frame.
    unsafe { frame.as_mut_ptr().write(0) };
}

fn main() {
    spawn(clear(vec![1, 2, 3]));
}
