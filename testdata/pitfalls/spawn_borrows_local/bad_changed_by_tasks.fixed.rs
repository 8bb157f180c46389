// edition:2021
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::pin::{pin, Pin};
use std::sync::Arc;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

struct Task<T>(Pin<Box<dyn Future<Output = T> + Send>>);

impl<T> Future for Task<T> {
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.0.as_mut().poll(cx)
    }
}

fn spawn<F>(future: F) -> Task<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    Task(Box::pin(future))
}

async fn fetch(number: u32) -> u32 {
    number * 10
}

async fn table() -> String {
    let mut seen: HashMap<u32, Vec<u32>> = HashMap::new();
    seen.insert(9, vec![]);
    let seen = Arc::new(Mutex::new(seen));
    let first = spawn({
        let seen = Arc::clone(&seen);
        async move {
    let value = fetch(3).await;
    //                    ^^^^^ spawn_borrows_local
            seen.lock().unwrap().entry(1).or_default().push(value);
        }
    });
    let second = spawn({
        let seen = Arc::clone(&seen);
        async move {
            let mut seen = seen.lock().unwrap();
            let slot = seen.entry(1).or_default();
            slot.push(2);
            slot.sort();
        }
    });
    first.await;
    second.await;
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    format!("{} {:?}", seen.len(), seen[&1])
}

async fn queue(jobs: Vec<u32>) -> Vec<u32> {
    let queue: Arc<Mutex<VecDeque<u32>>> = Arc::new(Mutex::new(jobs.into_iter().collect()));
    let done = Arc::new(Mutex::new(vec![]));
    let worker = spawn({
        let queue = Arc::clone(&queue);
        let done = Arc::clone(&done);
        async move {
    //                     ^^^^^ spawn_borrows_local
            while let Some(job) = { let value = queue.lock().unwrap().pop_front(); value } {
                let result = fetch(job).await;
                done.lock().unwrap().push(result);
            }
        }
    });
    let other = spawn({
        let done = Arc::clone(&done);
        async move {
            while let Some(job) = { let held_value = queue.lock().unwrap().pop_front(); held_value } {
                let value = fetch(job).await;
                done.lock().unwrap().push(value);
            }
        }
    });
    worker.await;
    other.await;
    let mut done = std::mem::take(&mut *done.lock().unwrap());
    done.sort();
    done
}

async fn highest() -> u32 {
    let best = Arc::new(Mutex::new(0));
    let tasks = [4, 2].map(|number| {
        spawn(async move {
            let price = fetch(number).await;
            price
        })
    });
    let watcher = spawn({
        let best = Arc::clone(&best);
        async move {
    //                      ^^^^^ spawn_borrows_local
            let price = fetch(3).await;
            let mut best = best.lock().unwrap();
            if price > *best {
                *best = price;
            }
        }
    });
    for task in tasks {
        task.await;
    }
    watcher.await;
    let best = *best.lock().unwrap();
    best
}

async fn log_of_all() {
    let log: Arc<Mutex<Vec<String>>> = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for name in ["a", "b"] {
        let log = Arc::clone(&log);
        tasks.push(spawn(async move {
//                       ^^^^^^^^^^ moved_into_task
            log.lock().unwrap().push(format!("start {name}"));
            let price = fetch(1).await;
            log.lock().unwrap().push(format!("{name}: {price}"));
        }));
    }
    for task in tasks {
        task.await;
    }
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut all = pin!(async {
        println!("{}", table().await);
        println!("{:?}", queue(vec![1, 2, 3]).await);
        println!("{}", highest().await);
        log_of_all().await;
    });
    while all.as_mut().poll(&mut cx).is_pending() {}
}
