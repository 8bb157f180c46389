trait Worker {
    fn step(&mut self) -> Option<u32>;
}

struct Countdown {
    left: u32,
}

impl Worker for Countdown {
    fn step(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        Some(self.left)
    }
}

struct Doubling(u32);

impl Worker for Doubling {
    fn step(&mut self) -> Option<u32> {
        self.0 = self.0.checked_mul(2).filter(|&n| n < 100)?;
        Some(self.0)
    }
}

async fn work_off<W: Worker>(mut worker: W) -> Vec<u32> {
    let mut steps = Vec::new();
    while let Some(step) = worker.step() {
        steps.push(step);
        rt::sleep_ms(1).await;
    }
    steps
}

fn start_worker<W: Worker + 'static>(worker: W) -> std::thread::JoinHandle<Vec<u32>> {
    rt::spawn(work_off(worker))
}

fn main() {
    let down = start_worker(Countdown { left: 4 });
    let up = start_worker(Doubling(9));
    println!("down {:?}", down.join().unwrap());
    println!("up {:?}", up.join().unwrap());
    let empty = rt::block_on(work_off(Countdown { left: 0 }));
    println!("{} steps", empty.len());
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
