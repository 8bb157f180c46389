// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Task<F> {
    name: &'static str,
    future: F,
}

async fn work(n: u32) -> u32 {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n
}

fn finish<F: Future<Output = u32>>(tasks: Vec<Task<F>>) {
    let mut cx = Context::from_waker(Waker::noop());
    for mut task in tasks {
        let mut polls = 1;
        while let Poll::Pending = Pin::new(&mut task.future).poll(&mut cx) {
        //                                 ^^^^^^^^^^^^^^^^ poll_on_unpinned
            polls += 1;
        }
        println!("{}: {polls}", task.name);
    }
}

fn main() {
    finish(vec![
        Task { name: "one", future: work(1) },
        Task { name: "two", future: work(2) },
    ]);
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
