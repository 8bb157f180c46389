// edition:2021
use std::future::Future;
fn pick(name: String) -> impl Future<Output = usize> {
    let s = name.as_str();
    //      ^^^^ block_captures_local_reference
    let t = s.trim();
    async move {
        rt::pause().await;
        t.len()
    }
}
fn main() {
    println!("{:?}", rt::block_on(pick(" a ".into())));
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
