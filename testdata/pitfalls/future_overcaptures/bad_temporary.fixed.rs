// edition:2024
fn size(v: &str) -> impl Future<Output = usize> + use<> {
//                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_overcaptures
    let n = v.len();
    async move {
        rt::pause().await;
        n
    }
}
fn main() {
    let f = size(&format!("{}", 1));
    println!("{}", rt::block_on(f));
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
