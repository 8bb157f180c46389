// edition:2024
use std::pin::Pin;
use std::task::{Context, Poll};

mod pool {
    use super::*;

    pub struct Race<F> {
        pub(crate) entries: Vec<(usize, F)>,
    }

    impl<F: Future> Race<F> {
        pub fn new() -> Self {
            Race { entries: Vec::new() }
        }

        pub fn add(&mut self, future: F) -> usize {
            let id = self.entries.len();
            self.entries.push((id, future));
            id
        }
    }

    impl<F: Future> Future for Race<F> {
        type Output = (usize, F::Output);

        fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
            for (id, future) in self.entries.iter_mut() {
                if let Poll::Ready(value) = future.poll(cx) {
                //                                 ^^^^ poll_on_unpinned
                    return Poll::Ready((*id, value));
                }
            }
            Poll::Pending
        }
    }
}

async fn runner(steps: u32) -> &'static str {
    for _ in 0..steps {
        rt::yield_now().await;
    }
    "finished"
}

fn main() {
    let mut race = pool::Race::new();
    for steps in [7, 3, 5] {
        race.add(runner(steps));
    }
    println!("{:?}", rt::block_on(race));
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
