// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

enum MaybeDone<F: Future> {
    Running(F),
    Done(Option<F::Output>),
}

impl<F: Future> MaybeDone<F>
where
    F::Output: Copy + Unpin,
{
    fn drive(&mut self, cx: &mut Context<'_>) -> bool {
        match self {
            MaybeDone::Running(future) => match future.poll(cx) {
            //                                         ^^^^ poll_on_unpinned
                Poll::Ready(value) => {
                    *self = MaybeDone::Done(Some(value));
                    true
                }
                Poll::Pending => false,
            },
            MaybeDone::Done(_) => true,
        }
    }

    fn take(&mut self) -> Option<F::Output> {
        match self {
            MaybeDone::Done(value) => value.take(),
            MaybeDone::Running(_) => None,
        }
    }
}

struct Pair<F: Future>([MaybeDone<F>; 2]);

impl<F: Future> Future for Pair<F>
where
    F::Output: Copy + Unpin,
{
    type Output = Vec<F::Output>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut done = true;
        for part in &mut self.0 {
            done &= part.drive(cx);
        }
        if !done {
            return Poll::Pending;
        }
        Poll::Ready(self.0.iter_mut().filter_map(MaybeDone::take).collect())
    }
}

async fn half(n: u32) -> u32 {
    rt::yield_now().await;
    n / 2
}

fn main() {
    let pair = Pair([half(8), half(6)].map(MaybeDone::Running));
    println!("{:?}", rt::block_on(pair));
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
