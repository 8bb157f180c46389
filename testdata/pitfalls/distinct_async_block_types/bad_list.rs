// edition:2021
async fn a(n: u32) -> u32 {
    rt::pause().await;
    n
}
async fn b(n: u32) -> u32 {
    rt::pause().await;
    n + 1
}
fn main() {
    let all = vec![async { a(1).await }, async { b(2).await }];
    //                                   ^^^^^^^^^^^^^^^^^^^^ distinct_async_block_types
    let arr = [a(1), b(2)];
    //               ^^^^ distinct_async_block_types
    rt::block_on(async move {
        for f in all {
            println!("{}", f.await);
        }
        for f in arr {
            println!("{}", f.await);
        }
    });
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
