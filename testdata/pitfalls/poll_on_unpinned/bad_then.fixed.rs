// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

enum Then<A, B, F> {
    First { future: Pin<Box<A>>, next: Option<F> },
    Second(Pin<Box<B>>),
}

impl<A, B, F> Unpin for Then<A, B, F> {}

impl<A, B, F> Future for Then<A, B, F>
where
    A: Future,
    B: Future,
    F: FnOnce(A::Output) -> B,
{
    type Output = B::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        loop {
            match &mut *self {
                Then::First { future, next } => match future.as_mut().poll(cx) {
                //                                           ^^^^ poll_on_unpinned
                    Poll::Ready(value) => {
                        let next = next.take().unwrap();
                        *self = Then::Second(Box::pin(next(value)));
                    }
                    Poll::Pending => return Poll::Pending,
                },
                Then::Second(future) => return future.as_mut().poll(cx),
            }
        }
    }
}

fn then<A: Future, B: Future, F: FnOnce(A::Output) -> B>(future: A, next: F) -> Then<A, B, F> {
    Then::First { future: Box::pin(future), next: Some(next) }
}

async fn add(a: u32, b: u32) -> u32 {
    rt::yield_now().await;
    a + b
}

fn main() {
    println!("{}", rt::block_on(then(add(1, 2), |sum| add(sum, 10))));
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
