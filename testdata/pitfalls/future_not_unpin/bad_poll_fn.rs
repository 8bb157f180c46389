// edition:2024
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

async fn part(name: &str, steps: u32) -> String {
    for _ in 0..steps {
        rt::yield_now().await;
    }
    name.to_string()
}

async fn both() -> (String, String) {
    let mut left = part("left", 3);
    let mut right = part("right", 1);
    let mut results = (None, None);
    poll_fn(|cx| {
        if results.0.is_none() {
            if let Poll::Ready(value) = Pin::new(&mut left).poll(cx) {
            //                                   ^^^^^^^^^ future_not_unpin
                results.0 = Some(value);
            }
        }
        if results.1.is_none() {
            if let Poll::Ready(value) = Pin::new(&mut right).poll(cx) {
            //                                   ^^^^^^^^^^ future_not_unpin
                results.1 = Some(value);
            }
        }
        if results.0.is_some() && results.1.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    (results.0.unwrap(), results.1.unwrap())
}

fn main() {
    println!("{:?}", rt::block_on(both()));
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
