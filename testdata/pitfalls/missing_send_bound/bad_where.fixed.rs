// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn run<J>(job: J)
where
    // Called once, on any thread.
    J: FnOnce() + Send + 'static,
//  ^^^^^^^^^^^^^^^^^^^^^ missing_send_bound
{
    spawn(async move {
        leaf().await;
        job();
    //  --- the future holds it
    });
}

fn main() {
    run(|| {});
}
