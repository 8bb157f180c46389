// edition:2021
use std::future::Future;
async fn work(a: &str, b: &str) -> usize {
    rt::pause().await;
    a.len() + b.len()
}
fn both<'a>(a: &'a str, b: &'a str) -> impl Future<Output = usize> + 'a {
//                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_captures_lifetime
    work(a, b)
}
fn one(a: &str) -> impl Future<Output = usize> + use<'_> {
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_captures_lifetime
    work(a, "x")
}
fn main() {
    println!(
        "{:?} {}",
        rt::block_on(both("a", "b")),
        rt::block_on(one("x"))
    );
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    pub async fn pause() {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await
    }
}
