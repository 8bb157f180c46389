// edition:2021
// A method of futures is called on the block.
use std::future::Future;
use std::pin::Pin;

trait Boxed: Future + Sized {
    fn boxed<'a>(self) -> Pin<Box<dyn Future<Output = Self::Output> + 'a>>
    where
        Self: 'a,
    {
        Box::pin(self)
    }
}

impl<F: Future> Boxed for F {}

async fn twice(n: u32) -> u32 {
    n * 2
}

fn handle(n: &u32) -> Pin<Box<dyn Future<Output = u32> + '_>> {
    async {
//  ^ block_not_async
        let doubled = twice(*n).await;
        doubled + 1
    }
    .boxed()
}

fn main() {
    println!("{}", block_on(handle(&4)));
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
