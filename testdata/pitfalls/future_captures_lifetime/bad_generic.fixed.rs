// edition:2021
use std::future::Future;
struct Client<'c> {
    base: &'c str,
}
impl<'c> Client<'c> {
    fn get<T: AsRef<str>>(&self, path: T) -> impl Future<Output = String> + use<'_, 'c, T> {
    //                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_captures_lifetime
        let url = format!("{}{}", self.base, path.as_ref());
        async move {
            rt::pause().await;
            format!("{url} {}", self.base)
        }
    }
}
fn main() {
    println!("{:?}", rt::block_on(Client { base: "b" }.get("/x")));
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
