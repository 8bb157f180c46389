// edition:2024
use std::pin::Pin;
use std::task::{Context, Poll};

struct Noisy<F>(Pin<Box<F>>);

impl<F: Future> Future for Noisy<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        println!("poll");
        self.0.as_mut().poll(cx)
        //     ^^^^ poll_on_unpinned
    }
}

fn main() {
    println!("{}", rt::block_on(Noisy(Box::pin(async { rt::yield_now().await; 5 }))));
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
