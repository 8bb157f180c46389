// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Limited<F: Future + Unpin> {
    inner: F,
    left: u32,
}

impl<F: Future + Unpin> Limited<F> {
    pub fn new(inner: F, left: u32) -> Limited<F> {
        Limited { inner, left }
    }
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

async fn slow(n: u8) -> u8 {
    rt::yield_now().await;
    n
}

async fn run() -> (Option<u8>, Option<u8>) {
    let first = Limited::new(Box::pin(slow(1)), 5).await;
    //          ^^^^^^^ future_not_unpin
    let second = Limited::new(
        Box::pin(async {
      //^^^^^^^ future_not_unpin
            slow(2).await;
            slow(3).await
        }),
        1,
    )
    .await;
    (first, second)
}

fn main() {
    println!("{:?}", rt::block_on(run()));
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
