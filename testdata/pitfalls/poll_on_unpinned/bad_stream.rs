// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub trait Stream {
    type Item;
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;
}

pub struct Countdown(u32);

impl Stream for Countdown {
    type Item = u32;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        if self.0 == 0 {
            return Poll::Ready(None);
        }
        self.0 -= 1;
        Poll::Ready(Some(self.0))
    }
}

pub struct Fold<S, T> {
    stream: S,
    value: T,
}

impl<S: Stream<Item = u32>> Future for Fold<S, u32> {
    type Output = u32;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        loop {
            match self.stream.poll_next(cx) {
            //                ^^^^^^^^^ poll_on_unpinned
                Poll::Ready(Some(item)) => self.value += item,
                Poll::Ready(None) => return Poll::Ready(self.value),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

pub fn sum<S: Stream<Item = u32>>(stream: S) -> Fold<S, u32> {
    Fold { stream, value: 0 }
}

fn main() {
    println!("{}", rt::block_on(sum(Countdown(5))));
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
