// edition:2021
use std::future::Future;
use std::pin::Pin;
type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
trait Svc {
    fn call(&self, q: &str) -> BoxFuture<'_, usize>;
}
struct A(usize);
impl Svc for A {
    fn call(&self, q: &str) -> BoxFuture<'_, usize> {
    //                         ^^^^^^^^^^^^^^^^^^^^ boxed_future_lifetime
        Box::pin(async move {
            rt::pause().await;
            self.0 + q.len()
        })
    }
}
fn main() {
    println!("{}", rt::block_on(A(1).call("ab")));
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
