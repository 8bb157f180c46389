// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

extern "C" fn start(context: *mut u32) {
    spawn(async move {
        leaf().await;
        // SAFETY: the caller keeps it alive.
        unsafe { *context += 1 };
        //        ^^^^^^^ raw_pointer_across_await
    });
}

fn main() {
    start(&mut 1);
}
