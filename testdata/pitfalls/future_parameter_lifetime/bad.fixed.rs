// edition:2021
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
fn show<T: Display + 'static>(t: T) -> Pin<Box<dyn Future<Output = String>>> {
//      ^^^^^^^^^^ future_parameter_lifetime
    Box::pin(async move {
        rt::pause().await;
        t.to_string()
    })
}
fn main() {
    println!("{}", rt::block_on(show(1)));
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
