// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

trait Stream {
    type Item;
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;
}

impl<S: Stream + ?Sized> Stream for Pin<Box<S>> {
    type Item = S::Item;
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.get_mut().as_mut().poll_next(cx)
    }
}

struct Next<'s, S>(&'s mut S);

impl<S: Stream + Unpin> Future for Next<'_, S> {
    type Output = Option<S::Item>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(cx)
    }
}

trait StreamExt: Stream {
    fn next(&mut self) -> Next<'_, Self>
    where
        Self: Unpin + Sized,
    {
        Next(self)
    }
}
impl<S: Stream> StreamExt for S {}

// Gives the numbers from 1 on; it must not move, as a generated stream.
struct Numbers {
    last: u32,
    _pin: std::marker::PhantomPinned,
}

impl Stream for Numbers {
    type Item = u32;
    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        Poll::Ready(if self.last == 0 { None } else { Some(self.last) })
    }
}

async fn sum() -> u32 {
    let mut numbers = Box::pin(Numbers { last: 0, _pin: std::marker::PhantomPinned });
    let mut sum = 1;
    while let Some(number) = numbers.next().await {
    //                               ^^^^ future_not_unpin
        sum += number;
    }
    sum
}

fn main() {
    println!("{}", rt::block_on(sum()));
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
