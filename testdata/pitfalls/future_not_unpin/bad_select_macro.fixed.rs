// edition:2021
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::pin::pin;
use std::task::Poll;

macro_rules! select {
    ($($name:pat = $future:expr => $body:expr),+ $(,)?) => {
        poll_fn(|cx| {
            $(
                if let Poll::Ready(value) = Pin::new($future).poll(cx) {
                    let $name = value;
                    return Poll::Ready($body);
                }
            )+
            Poll::Pending
        })
        .await
    };
}

async fn wait(n: u32) -> u32 {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n
}

async fn run() -> String {
    let mut slow = pin!(wait(9));
    let mut fast = pin!(wait(3));
    select! {
        n = &mut slow => format!("slow {n}"),
        //  ^^^^^^^^^ future_not_unpin
        n = &mut fast => format!("fast {n}"),
        //  ^^^^^^^^^ future_not_unpin
    }
}

fn main() {
    println!("{}", rt::block_on(run()));
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
