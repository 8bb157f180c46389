// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Both<A: Future, B: Future> {
    a: Pin<Box<A>>,
    b: Pin<Box<B>>,
    first: Option<A::Output>,
}

impl<A: Future, B: Future> Unpin for Both<A, B> {}

impl<A: Future, B: Future> Future for Both<A, B> {
    type Output = (A::Output, B::Output);
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.first.is_none() {
            match self.a.as_mut().poll(cx) {
            //    ^^^^^^ future_not_unpin
                Poll::Ready(value) => self.first = Some(value),
                Poll::Pending => return Poll::Pending,
            }
        }
        match self.b.as_mut().poll(cx) {
            Poll::Ready(value) => Poll::Ready((self.first.take().unwrap(), value)),
            Poll::Pending => Poll::Pending,
        }
    }
}

fn main() {
    let both = Both { a: Box::pin(async { 1 }), b: Box::pin(async { "b" }), first: None };
    println!("{:?}", rt::block_on(both));
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
