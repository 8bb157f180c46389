// edition:2021
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn poll_twice<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..2 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
        //                                   ^^^^^^^^^^^ future_not_unpin
            return Some(value);
        }
    }
    None
}

async fn nested(inner: impl Future<Output = u8>) -> u8 {
    let mut inner = pin!(inner);
    (&mut inner).await + 1
    //           ^^^^^ future_not_unpin
}

fn main() {
    println!("{:?}", poll_twice(rt::yield_now()));
    println!("{:?}", rt::block_on(nested(async { 4 })));
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
