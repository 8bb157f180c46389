// edition:2021
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

async fn answer() -> u32 {
    42
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = pin!(answer());
    println!("{:?}", future.as_mut().poll(&mut cx));
    //                      ^^^^ poll_on_unpinned
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
