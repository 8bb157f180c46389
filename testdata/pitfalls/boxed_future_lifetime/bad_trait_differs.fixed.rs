// edition:2021
use std::future::Future;
use std::pin::Pin;
struct Request {
    path: String,
}
trait Handler {
    fn handle<'a>(&'a self, req: &'a Request) -> Pin<Box<dyn Future<Output = String> + Send + 'a>>;
}
struct Files {
    root: String,
}
impl Handler for Files {
    fn handle<'a>(&'a self, req: &'a Request) -> Pin<Box<dyn Future<Output = String> + Send + 'a>> {
    //                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ boxed_future_lifetime
        Box::pin(async move {
            rt::pause().await;
            format!("{}{}", self.root, req.path)
        })
    }
}
fn main() {
    println!(
        "{}",
        rt::block_on(Files { root: "r".into() }.handle(&Request { path: "p".into() }))
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
