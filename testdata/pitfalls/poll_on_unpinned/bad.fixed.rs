// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Counted<F> {
    task: Pin<Box<F>>,
    polls: usize,
}

impl<F> Counted<F> {
    fn new(task: F) -> Self {
        Self {
            task: Box::pin(task),
            polls: 0,
        }
    }
}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, usize);
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.polls += 1;
        let polls = self.polls;
        self.task.as_mut().poll(cx).map(|value| (value, polls))
        //       ^^^^^^^^^^^^^^ poll_on_unpinned
    }
}

async fn twice() -> &'static str {
    rt::yield_now().await;
    rt::yield_now().await;
    "done"
}

fn main() {
    println!("{:?}", rt::block_on(Counted::new(twice())));
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
