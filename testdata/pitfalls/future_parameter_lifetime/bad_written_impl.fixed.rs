// edition:2021
use std::future::Future;
use std::pin::Pin;
fn boxed(f: impl Future<Output = u32> + 'static) -> Pin<Box<dyn Future<Output = u32>>> {
//          ^^^^^^^^^^^^^^^^^^^^^^^^^ future_parameter_lifetime
    Box::pin(f)
}
struct W<F>(F);
impl<F: Future<Output = u32> + 'static> W<F> {
//   ^^^^^^^^^^^^^^^^^^^^^^^ future_parameter_lifetime
    fn boxed(self) -> Pin<Box<dyn Future<Output = u32>>> {
        Box::pin(async move {
            rt::pause().await;
            self.0.await
        })
    }
}
fn main() {
    println!(
        "{} {}",
        rt::block_on(boxed(async { 1 })),
        rt::block_on(W(async { 2 }).boxed())
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
