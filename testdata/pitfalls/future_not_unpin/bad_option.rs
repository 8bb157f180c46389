// edition:2021
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::task::Poll;

async fn fetch(n: u32) -> u32 {
    rt::yield_now().await;
    n + 1
}

async fn chain() -> u32 {
    let mut pending = Some(fetch(1));
    let mut total = 0;
    poll_fn(|cx| {
        while let Some(future) = pending.as_mut() {
            match Pin::new(future).poll(cx) {
            //             ^^^^^^ future_not_unpin
                Poll::Ready(value) => {
                    total += value;
                    pending = if value < 4 { Some(fetch(value)) } else { None };
                }
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(())
    })
    .await;
    total
}

fn main() {
    println!("{}", rt::block_on(chain()));
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
