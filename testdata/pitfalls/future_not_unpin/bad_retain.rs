// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

async fn hello(n: u32) {
    rt::yield_now().await;
    println!("hello {n}");
}

fn run_all() -> usize {
    let mut cx = Context::from_waker(Waker::noop());
    let mut tasks: Vec<_> = (1..=3).map(hello).collect();
    let mut rounds = 0;
    while !tasks.is_empty() {
        rounds += 1;
        tasks.retain_mut(|task| Pin::new(task).poll(&mut cx) == Poll::Pending);
        //                               ^^^^ future_not_unpin
    }
    rounds
}

fn by_index() -> u32 {
    let mut cx = Context::from_waker(Waker::noop());
    let mut tasks = vec![hello(7), hello(8)];
    let mut polls = 0;
    for _ in 0..2 {
        for i in 0..tasks.len() {
            let _ = Pin::new(&mut tasks[i]).poll(&mut cx);
            //               ^^^^^^^^^^^^^ future_not_unpin
            polls += 1;
        }
    }
    polls
}

fn main() {
    println!("{}", run_all());
    println!("{}", by_index());
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
