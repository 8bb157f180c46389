// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Inspect<Fut, F> {
    future: Pin<Box<Fut>>,
    f: F,
}

impl<Fut, F> Future for Inspect<Fut, F>
where
    Fut: Future,
    F: FnMut(&Fut::Output),
{
    type Output = Fut::Output;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Fut::Output> {
        let this = self.get_mut();
        //              ^^^^^^^ future_not_unpin
        let value = match this.future.as_mut().poll(cx) {
            Poll::Ready(value) => value,
            Poll::Pending => return Poll::Pending,
        };
        (this.f)(&value);
        Poll::Ready(value)
    }
}

fn main() {
    let inspect = Inspect { future: Box::pin(async { 5 }), f: |n: &i32| println!("saw {n}") };
    println!("{}", rt::block_on(inspect));
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
