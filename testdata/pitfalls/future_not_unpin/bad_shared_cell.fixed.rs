// edition:2021
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

async fn work(n: u32) -> u32 {
    rt::yield_now().await;
    n
}

fn main() {
    let shared = Rc::new(RefCell::new(Box::pin(work(3))));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..2 {
        if let Poll::Ready(value) = Pin::new(&mut *shared.borrow_mut()).poll(&mut cx) {
        //                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ future_not_unpin
            println!("{value}");
        }
    }
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
