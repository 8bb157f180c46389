// edition:2021
use std::future::Future;
struct Q {
    name: String,
}
impl Q {
    async fn run(&self) -> usize {
        rt::pause().await;
        self.name.len()
    }
    fn start(self) -> impl Future<Output = usize> {
        self.run()
      //^^^^ block_captures_local_reference
    }
}
fn main() {
    println!("{:?}", rt::block_on(Q { name: "abc".into() }.start()));
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
