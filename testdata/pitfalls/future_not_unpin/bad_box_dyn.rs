// edition:2021
use std::future::Future;

fn step(n: u32) -> Box<dyn Future<Output = u32>> {
    if n == 0 {
        return Box::new(std::future::ready(1));
    }
    Box::new(async move {
        rt::yield_now().await;
        n + 1
    })
}

async fn walk() -> u32 {
    let mut tasks: Vec<Box<dyn Future<Output = u32>>> = Vec::new();
    for n in 0..3 {
        tasks.push(step(n));
    }
    let mut sum = 0;
    for task in tasks {
        sum += task.await;
        //          ^^^^^ future_not_unpin
    }
    sum
}

fn main() {
    println!("{}", rt::block_on(walk()));
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
