// edition:2021
use std::future::{poll_fn, Future};
use std::pin::Pin;

struct Runner;

impl Runner {
    async fn step<F>(&self, future: &mut F) -> F::Output
    where
        F: Future + Unpin,
    {
        poll_fn(|cx| Pin::new(&mut *future).poll(cx)).await
    }

    async fn run(&self) -> usize {
        let mut task = self.count("abc");
        self.step(&mut task).await
        //        ^^^^^^^^^ future_not_unpin
    }

    async fn count(&self, text: &str) -> usize {
        rt::yield_now().await;
        text.len()
    }
}

fn main() {
    println!("{}", rt::block_on(Runner.run()));
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
