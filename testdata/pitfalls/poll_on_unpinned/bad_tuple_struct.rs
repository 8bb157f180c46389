// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Traced<F>(F, &'static str);

impl<F> Future for Traced<F>
where
    F: Future,
    F::Output: std::fmt::Debug,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        match self.0.poll(cx) {
        //           ^^^^ poll_on_unpinned
            Poll::Ready(value) => {
                println!("{}: {:?}", self.1, value);
                Poll::Ready(value)
            }
            Poll::Pending => {
                println!("{}: pending", self.1);
                Poll::Pending
            }
        }
    }
}

trait TraceExt: Future + Sized {
    fn traced(self, name: &'static str) -> Traced<Self> {
        Traced(self, name)
    }
}

impl<F: Future> TraceExt for F {}

fn main() {
    let value = rt::block_on(async {
        let step = async {
            rt::yield_now().await;
            21
        };
        step.traced("step").await * 2
    });
    println!("{value}");
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
