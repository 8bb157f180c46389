trait Probe: Send + Sync + 'static {
    fn name(&self) -> String;

    async fn check(&self) -> bool;

    async fn confirm(&self) -> bool {
        self.check().await && self.check().await
    }
}

struct Disk {
    free: u64,
}

impl Probe for Disk {
    fn name(&self) -> String {
        "disk".to_string()
    }

    async fn check(&self) -> bool {
        self.free > 10
    }
}

struct Http(&'static str);

impl Probe for Http {
    fn name(&self) -> String {
        format!("http {}", self.0)
    }

    async fn check(&self) -> bool {
        tasks::sleep_ms(1).await;
        self.0.starts_with("https://")
    }
}

struct Flaky;

impl Probe for Flaky {
    fn name(&self) -> String {
        "flaky".into()
    }

    async fn check(&self) -> bool {
        false
    }

    async fn confirm(&self) -> bool {
        !self.check().await
    }
}

fn monitor<P: Probe>(probe: P) -> std::thread::JoinHandle<String> {
    tasks::spawn(async move {
        let healthy = probe.confirm().await;
        format!("{}: {}", probe.name(), if healthy { "ok" } else { "down" })
    })
}

fn main() {
    let probes = [monitor(Disk { free: 4 }), monitor(Http("https://a.b")), monitor(Flaky)];
    for probe in probes {
        println!("{}", probe.join().unwrap());
    }
}

mod tasks {
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
