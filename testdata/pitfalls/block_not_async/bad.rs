// edition:2021
use std::future::Future;

async fn step(n: u32) -> u32 {
    n + 1
}

fn spawn<F: Future + Send + 'static>(future: F) -> F {
    future
}

async fn two(start: u32) -> u32 {
    let first = start;
    first + 1
}

fn start(from: u32) -> impl Future<Output = u32> {
    let prefix = from * 10;
    spawn({
    //    ^ block_not_async
        let first = step(from).await;
        prefix + step(first).await
    })
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{} {}", block_on(start(1)), block_on(two(3)));
}
