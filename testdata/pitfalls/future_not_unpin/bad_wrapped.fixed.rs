// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Limited<F> {
    inner: F,
    left: u32,
}

impl<F: Future + Unpin> Future for Limited<F> {
    type Output = Option<F::Output>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Pin::new(&mut self.inner).poll(cx).map(Some)
    }
}

async fn slow(n: u32) -> u32 {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n
}

async fn run(n: u32) -> Option<u32> {
    let task = slow(n);
    let limited = Limited { inner: Box::pin(task), left: 3 };
    limited.await
    //      ^^^^^ future_not_unpin
}

fn main() {
    println!("{:?} {:?}", rt::block_on(run(1)), rt::block_on(run(7)));
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
