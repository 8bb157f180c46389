// edition:2024
struct Config {
    name: String,
}
fn beat(config: &Config, n: u32) -> impl Future<Output = String> {
//                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_overcaptures
    let name = config.name.clone();
    async move {
        rt::pause().await;
        format!("{name} {n}")
    }
}
fn start() -> impl Future<Output = String> {
    let c = Config { name: "x".into() };
    beat(&c, 3)
}
fn main() {
    println!("{}", rt::block_on(start()));
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
