// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

pub fn poll_n<T>(future: &mut (impl Future<Output = T> + ?Sized + Unpin), n: u32) -> Option<T> {
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..n {
        if let Poll::Ready(value) = Pin::new(&mut *future).poll(&mut cx) {
        //                                   ^^^^^^^^^^^^ future_not_unpin
            return Some(value);
        }
    }
    None
}

fn main() {
    let mut work = Box::pin(async {
        rt::yield_now().await;
        4
    });
    println!("{:?}", poll_n(&mut work, 1));
    println!("{:?}", poll_n(&mut work, 1));
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
