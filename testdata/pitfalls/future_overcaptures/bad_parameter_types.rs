// edition:2024
struct Config {
    name: String,
}

trait Source {
    fn config(&self) -> &Config;
}

struct Fixed(Config);

impl Source for Fixed {
    fn config(&self) -> &Config {
        &self.0
    }
}

fn beat(source: &impl Source, label: impl Into<String>, key: &str) -> impl Future<Output = String> {
//                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_overcaptures
    let name = source.config().name.clone();
    let label = label.into();
    async move {
        rt::pause().await;
        format!("{label} {name} {key}")
    }
}

fn start() -> impl Future<Output = String> {
    let source = Fixed(Config {
        name: "db".to_string(),
    });
    beat(&source, "at", "k")
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
