// edition:2021
use std::time::Duration;

async fn fetch(name: &str, wait: Duration) -> String {
    rt::pause().await;
    format!("{name} {}", wait.as_millis())
}

fn main() {
    let names = ["a", "b"];
    let mut jobs = Vec::new();
    jobs.push(async { fetch(names[0], Duration::from_millis(1)).await });
    for name in names {
        jobs.push(fetch(name, Duration::from_millis(2)));
        //        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ distinct_async_block_types
    }
    for job in jobs {
        println!("{}", rt::block_on(job));
    }
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
