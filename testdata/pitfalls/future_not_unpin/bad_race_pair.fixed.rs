// edition:2021
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::task::Poll;

async fn race<T>(a: impl Future<Output = T>, b: impl Future<Output = T>) -> T {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|cx| match a.as_mut().poll(cx) {
        Poll::Pending => b.as_mut().poll(cx),
        ready => ready,
    })
    .await
}

async fn wait(n: u32) -> u32 {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n
}

async fn twice() -> (u32, u32) {
    let (mut long, mut short) = (pin!(wait(6)), pin!(wait(2)));
    let first = race(&mut long, &mut short).await;
    //               ^^^^^^^^^ future_not_unpin
    //                          ^^^^^^^^^^ future_not_unpin
    let second = long.await;
    (first, second)
}

fn main() {
    println!("{:?}", rt::block_on(twice()));
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
