// edition:2021
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

// Polls once, and gives the value or says that it is not ready.
pub fn now_or_never<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    match future.as_mut().poll(&mut cx) {
    //           ^^^^ poll_on_unpinned
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

fn main() {
    println!("{:?}", now_or_never(async { 1 }));
    println!("{:?}", now_or_never(rt::yield_now()));
    rt::block_on(async {});
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
