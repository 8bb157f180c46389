// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Slot {
    future: Pin<Box<dyn Future<Output = u32>>>,
}

async fn work(n: u32) -> u32 {
    rt::yield_now().await;
    n
}

// Polls once, and keeps what is not ready.
fn start(n: u32) -> Result<u32, Slot> {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = work(n);
    if let Poll::Ready(value) = Pin::new(&mut future).poll(&mut cx) {
    //                                   ^^^^^^^^^^^ future_not_unpin
        return Ok(value);
    }
    Err(Slot { future: Box::pin(future) })
}

fn later(n: u32) -> impl Future<Output = u32> {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = work(n);
    let _ = Pin::new(&mut future).poll(&mut cx);
    //               ^^^^^^^^^^^ future_not_unpin
    future
}

fn main() {
    match start(6) {
        Ok(value) => println!("{value}"),
        Err(slot) => println!("later {}", rt::block_on(slot.future)),
    }
    println!("{}", rt::block_on(later(3)));
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
