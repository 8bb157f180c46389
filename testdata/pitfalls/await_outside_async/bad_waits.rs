// edition:2021
use std::future::Future;

fn wait_for<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

async fn load(id: u32) -> u32 {
    id
}

fn size(id: u32) -> u32 {
    load(id).await
    //       ^^^^^ await_outside_async
}

// It waits by itself already, for what it may await from now on.
fn sizes() -> u32 {
    let first = wait_for(load(1));
    let thread = std::thread::spawn(|| wait_for(load(2)));
    first + size(3) + thread.join().unwrap_or(0)
}

fn main() {
    println!("{}", wait_for(async { sizes() }));
}
