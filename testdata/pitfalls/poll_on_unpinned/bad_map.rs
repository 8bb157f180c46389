// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Map<Fut, F> {
    future: Fut,
    f: Option<F>,
}

impl<Fut, F, T> Future for Map<Fut, F>
where
    Fut: Future,
    F: FnOnce(Fut::Output) -> T,
{
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        match self.future.poll(cx) {
        //                ^^^^ poll_on_unpinned
            Poll::Ready(value) => {
                let f = self.f.take().expect("polled after it was ready");
                Poll::Ready(f(value))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

trait FutureExt: Future {
    fn map<F, T>(self, f: F) -> Map<Self, F>
    where
        F: FnOnce(Self::Output) -> T,
        Self: Sized,
    {
        Map { future: self, f: Some(f) }
    }
}

impl<F: Future> FutureExt for F {}

fn main() {
    let work = async {
        rt::yield_now().await;
        20
    };
    println!("{}", rt::block_on(work.map(|n| n + 1)));
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
