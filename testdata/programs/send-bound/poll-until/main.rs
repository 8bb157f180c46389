use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;

async fn poll_until<F, Fut>(probe: F, most: u32) -> Result<u32, String>
where
    F: Fn(u32) -> Fut,
    Fut: Future<Output = bool>,
{
    for attempt in 1..=most {
        if probe(attempt).await {
            return Ok(attempt);
        }
    }
    Err(format!("not ready after {} attempts", most))
}

fn watch<F, Fut>(name: &'static str, probe: F) -> std::thread::JoinHandle<String>
where
    F: Fn(u32) -> Fut + Send + 'static,
    Fut: Future<Output = bool> + 'static,
{
    background::spawn(async move {
        match poll_until(probe, 4).await {
            Ok(attempt) => format!("{}: up after {}", name, attempt),
            Err(err) => format!("{}: {}", name, err),
        }
    })
}

async fn warmed_up(load: u32) -> bool {
    background::sleep_ms(1).await;
    load > 20
}

fn main() {
    let load = Arc::new(AtomicU32::new(0));
    let shared = Arc::clone(&load);
    let web = watch("web", move |attempt| {
        let load = shared.fetch_add(attempt * 6, Ordering::SeqCst);
        warmed_up(load)
    });
    println!("{}", web.join().unwrap());

    let queue = watch("queue", |attempt| async move { attempt > 9 });
    println!("{}", queue.join().unwrap());
    println!("load {}", load.load(Ordering::SeqCst));
}

mod background {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }

    pub async fn sleep_ms(ms: u64) {
        let until = std::time::Instant::now() + std::time::Duration::from_millis(ms);
        std::future::poll_fn(|_| {
            if std::time::Instant::now() < until {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await
    }
}
