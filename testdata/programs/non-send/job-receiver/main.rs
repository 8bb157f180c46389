use std::sync::mpsc::{self, Receiver};
use std::thread;

enum Job {
    Compress(String),
    Stop,
}

async fn compress(name: &str) -> usize {
    exec::pause().await;
    name.len() / 2
}

async fn drain(jobs: &Receiver<Job>, most: usize) -> Option<Vec<usize>> {
    let mut sizes = Vec::new();
    while sizes.len() < most {
        match jobs.try_recv() {
            Ok(Job::Compress(name)) => sizes.push(compress(&name).await),
            Ok(Job::Stop) | Err(_) => break,
        }
    }
    (!sizes.is_empty()).then_some(sizes)
}

async fn worker(jobs: Receiver<Job>) -> Vec<Vec<usize>> {
    let mut batches = Vec::new();
    while let Some(batch) = drain(&jobs, 2).await {
        batches.push(batch);
    }
    batches
}

fn main() {
    let (tx, rx) = mpsc::channel();
    for name in ["access.log", "error.log", "db.sql"] {
        tx.send(Job::Compress(name.to_string())).unwrap();
    }
    tx.send(Job::Stop).unwrap();

    let task = exec::require_send(worker(rx));
    let batches = thread::spawn(move || exec::block_on(task)).join().unwrap();
    for (n, batch) in batches.iter().enumerate() {
        println!("batch {n}: {batch:?}");
    }
}

mod exec {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }

    pub fn require_send<T: Send>(value: T) -> T {
        value
    }

    pub async fn pause() {
        let mut turns = 1;
        std::future::poll_fn(|_| {
            if turns == 0 {
                return Poll::Ready(());
            }
            turns -= 1;
            Poll::Pending
        })
        .await
    }
}
