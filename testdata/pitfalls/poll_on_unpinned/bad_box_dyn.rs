// edition:2021
use std::collections::VecDeque;
use std::future::Future;
use std::task::{Context, Poll, Waker};

#[derive(Default)]
struct Executor {
    queue: VecDeque<Box<dyn Future<Output = ()>>>,
}

impl Executor {
    fn spawn(&mut self, future: impl Future<Output = ()> + 'static) {
        self.queue.push_back(Box::new(future));
    }

    fn run(&mut self) -> u32 {
        let mut cx = Context::from_waker(Waker::noop());
        let mut polls = 0;
        while let Some(mut task) = self.queue.pop_front() {
            polls += 1;
            if let Poll::Pending = task.poll(&mut cx) {
            //                          ^^^^ poll_on_unpinned
                self.queue.push_back(task);
            }
        }
        polls
    }
}

fn main() {
    let mut executor = Executor::default();
    for name in ["one", "two"] {
        executor.spawn(async move {
            println!("{name} starts");
            rt::yield_now().await;
            println!("{name} ends");
        });
    }
    println!("{} polls", executor.run());
    rt::block_on(async {});
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
