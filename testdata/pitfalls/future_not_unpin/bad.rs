// edition:2021
// A future is awaited by reference, so that it could go on later.
async fn count(limit: u32) -> u32 {
    rt::yield_now().await;
    limit * 2
}

async fn report() -> u32 {
    let mut job = count(4);
    println!("started");
    let total = (&mut job).await;
    //                     ^^^^^ future_not_unpin
    total + 1
}

fn main() {
    println!("{}", rt::block_on(report()));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
