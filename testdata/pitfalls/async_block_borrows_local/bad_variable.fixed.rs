// edition:2021
use std::future::Future;
fn shout(name: String, times: usize) -> impl Future<Output = usize> {
    let total = name.len() * times;
    let work = async move {
    //         ^^^^^ async_block_borrows_local
        rt::pause().await;
        total + name.len()
    };
    work
}
fn main() {
    println!("{}", rt::block_on(shout("ab".into(), 2)));
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
