// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

// Answers once with the future's value, and from then on with `None`.
struct Fuse<F> {
    future: Option<Pin<Box<F>>>,
}

impl<F: Future> Fuse<F> {
    fn new(future: F) -> Fuse<F> {
        Fuse { future: Some(Box::pin(future)) }
    }
}

impl<F: Future> Future for Fuse<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let Some(future) = &mut self.future else {
            return Poll::Ready(None);
        };
        let Poll::Ready(value) = future.as_mut().poll(cx) else {
        //                              ^^^^ poll_on_unpinned
            return Poll::Pending;
        };
        self.future = None;
        Poll::Ready(Some(value))
    }
}

fn main() {
    let text = rt::block_on(async {
        let mut fuse = Fuse::new(async {
            rt::yield_now().await;
            "once"
        });
        let first = (&mut fuse).await;
        let second = (&mut fuse).await;
        format!("{first:?} {second:?}")
    });
    println!("{text}");
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
