// edition:2021
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::pin::pin;
use std::task::Poll;

async fn read(n: u32) -> u32 {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n
}

async fn race<A: Future + Unpin, B: Future + Unpin>(mut a: A, mut b: B) -> Result<A::Output, B::Output> {
    poll_fn(|cx| {
        if let Poll::Ready(value) = Pin::new(&mut a).poll(cx) {
            return Poll::Ready(Ok(value));
        }
        Pin::new(&mut b).poll(cx).map(Err)
    })
    .await
}

async fn serve() -> Vec<String> {
    let mut log = vec![];
    let mut reading = pin!(read(1));
    let mut shutdown = pin!(read(4));
    let mut next = 1;
    loop {
        match race(&mut reading, &mut shutdown).await {
        //         ^^^^^^^^^^^^ future_not_unpin
        //                       ^^^^^^^^^^^^^ future_not_unpin
            Ok(value) => {
                log.push(format!("read {value}"));
                next += 1;
                reading.set(read(next));
            }
            Err(after) => {
                log.push(format!("stopped after {after}"));
                return log;
            }
        }
    }
}

fn main() {
    println!("{:?}", rt::block_on(serve()));
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
