// edition:2018
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Driver {
    polls: u32,
}

impl Driver {
    fn drive(&mut self, words: &[&str]) -> usize {
        let mut cx = Context::from_waker(Waker::noop());
        let mut task = async {
            let mut sum = 0;
            for word in words {
                rt::yield_now().await;
                sum += word.len();
            }
            sum
        };
        loop {
            self.polls += 1;
            if let Poll::Ready(value) = Pin::new(&mut task).poll(&mut cx) {
            //                                   ^^^^^^^^^ future_not_unpin
                return value;
            }
        }
    }
}

fn main() {
    let mut driver = Driver { polls: 0 };
    println!("{}", driver.drive(&["pin", "is", "a", "place"]));
    println!("{} polls", driver.polls);
    println!("{}", rt::block_on(async { 7 }));
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
