use std::error::Error;
use std::fmt;

#[derive(Debug)]
struct Throttled {
    wait_ms: u64,
}

impl fmt::Display for Throttled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "throttled, wait {} ms", self.wait_ms)
    }
}

impl Error for Throttled {}

async fn put(key: &str, attempt: u64) -> Result<String, Box<dyn Error>> {
    if key.is_empty() {
        return Err("empty key".into());
    }
    if attempt == 0 && key.ends_with(".bin") {
        return Err(Box::new(Throttled { wait_ms: 2 }));
    }
    Ok(format!("stored {key} (attempt {attempt})"))
}

async fn upload(key: &'static str) -> String {
    let first = put(key, 0).await;
    if let Err(err) = &first {
        if let Some(throttled) = err.downcast_ref::<Throttled>() {
            rt::sleep_ms(throttled.wait_ms).await;
            match put(key, 1).await {
                Ok(line) => return format!("{line} after: {err}"),
                Err(second) => return format!("gave up: {second}"),
            }
        }
    }
    first.unwrap_or_else(|err| format!("failed: {err}"))
}

fn main() {
    let jobs: Vec<_> = ["notes.txt", "disk.bin", ""]
        .into_iter()
        .map(|key| rt::spawn(upload(key)))
        .collect();
    for job in jobs {
        println!("{}", job.join().unwrap());
    }
}

mod rt {
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
