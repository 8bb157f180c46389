// edition:2021
// Pinned already; what takes the lists says whether the boxes are `Send`.
use std::future::Future;
use std::pin::Pin;

async fn one() -> u32 {
    rt::pause().await;
    1
}

async fn twice(n: u32) -> u32 {
    rt::pause().await;
    2 * n
}

async fn total(work: Vec<Pin<Box<dyn Future<Output = u32>>>>) -> u32 {
    let mut sum = 0;
    for part in work {
        sum += part.await;
    }
    sum
}

fn main() {
    let mut work: Vec<Pin<Box<dyn Future<Output = _>>>> = Vec::new();
    work.push(Box::pin(one()));
    work.push(Box::pin(twice(4)));
    //                 ^^^^^^^^ distinct_async_block_types
    let more: Vec<Pin<Box<dyn Future<Output = _>>>> = vec![Box::pin(async { 4 }), Box::pin(async { 5 })];
    //                                              ^^^^^^^^^^^ distinct_async_block_types
    println!("{}", rt::block_on(total(work)));
    println!("{}", rt::block_on(total(more)));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    pub async fn pause() {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await
    }
}
