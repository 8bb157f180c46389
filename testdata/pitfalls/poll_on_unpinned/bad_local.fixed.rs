// edition:2021
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

async fn answer() -> u32 {
    rt::yield_now().await;
    42
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = pin!(answer());
    let mut polls = 1;
    let value = loop {
        match future.as_mut().poll(&mut cx) {
        //           ^^^^ poll_on_unpinned
            Poll::Ready(value) => break value,
            Poll::Pending => polls += 1,
        }
    };
    println!("{value} after {polls} polls");
    println!("{}", rt::block_on(answer()));
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
