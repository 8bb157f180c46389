// edition:2021
use std::collections::BTreeMap;
use std::future::{poll_fn, Future};
use std::task::Poll;

async fn level(n: u32) -> u32 {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n * n
}

async fn any(names: &[(&str, u32)]) -> u32 {
    let mut waiting = BTreeMap::new();
    for (name, n) in names {
        waiting.insert(name.to_string(), Box::pin(level(*n)));
    }
    poll_fn(|cx| {
        for future in waiting.values_mut() {
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
            //                                   ^^^^^^ future_not_unpin
                return Poll::Ready(value);
            }
        }
        Poll::Pending
    })
    .await
}

fn main() {
    println!("{}", rt::block_on(any(&[("a", 5), ("b", 2)])));
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
