// edition:2024
struct Counter {
    n: u32,
}
impl Counter {
    fn next(&mut self) -> impl Future<Output = u32> {
    //                    ^^^^^^^^^^^^^^^^^^^^^^^^^ future_overcaptures
        self.n += 1;
        let n = self.n;
        async move {
            rt::pause().await;
            n
        }
    }
}
fn main() {
    let mut c = Counter { n: 0 };
    let a = c.next();
    let b = c.next();
    rt::block_on(async { println!("{} {}", a.await, b.await) });
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
