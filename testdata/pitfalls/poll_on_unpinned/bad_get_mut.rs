// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Timeout<F, D> {
    future: F,
    deadline: D,
}

impl<F: Future, D: Future<Output = ()>> Future for Timeout<F, D> {
    type Output = Result<F::Output, ()>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Poll::Ready(value) = Pin::new(&mut this.future).poll(cx) {
        //                                   ^^^^^^^^^^^^^^^^ poll_on_unpinned
            return Poll::Ready(Ok(value));
        }
        match Pin::new(&mut this.deadline).poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(())),
            Poll::Pending => Poll::Pending,
        }
    }
}

pub fn timeout<F: Future, D: Future<Output = ()>>(future: F, deadline: D) -> Timeout<F, D> {
    Timeout { future, deadline }
}

async fn ticks(n: u32) {
    for _ in 0..n {
        rt::yield_now().await;
    }
}

fn main() {
    println!("{:?}", rt::block_on(timeout(async { 3 }, ticks(2))));
    println!("{:?}", rt::block_on(timeout(ticks(5), ticks(2))));
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
