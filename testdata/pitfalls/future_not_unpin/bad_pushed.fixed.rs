// edition:2021
use std::future::{poll_fn, Future};
use std::task::Poll;

async fn measure(id: u32) -> u32 {
    for _ in 0..id {
        rt::yield_now().await;
    }
    id * 10
}

// The value of the first of them that is ready.
async fn first(ids: &[u32]) -> u32 {
    let mut running = Vec::new();
    for id in ids {
        running.push(Box::pin(measure(*id)));
    }
    poll_fn(|cx| {
        for future in running.iter_mut() {
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
    println!("{}", rt::block_on(first(&[5, 2, 8])));
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
