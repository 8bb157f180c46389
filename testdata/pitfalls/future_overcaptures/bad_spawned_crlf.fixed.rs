// edition:2024
struct Config {
    name: String,
}
fn spawn<F: Future<Output = ()> + Send + 'static>(f: F) {
    rt::block_on(f)
}
fn beat<T: ToString>(config: &Config, n: T) -> impl Future<Output = ()> + Send + use<T> {
//                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_overcaptures
    let name = config.name.clone();
    let n = n.to_string();
    async move {
        rt::pause().await;
        println!("{name} {n}")
    }
}
fn main() {
    let c = Config { name: "x".into() };
    spawn(beat(&c, 3));
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
