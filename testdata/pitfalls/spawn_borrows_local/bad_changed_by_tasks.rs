// edition:2021
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::pin::{pin, Pin};
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
    let first = spawn(async {
//                    ^^^^^ spawn_borrows_local
        seen.entry(1).or_default().push(fetch(3).await);
    });
    let second = spawn(async {
        let slot = seen.entry(1).or_default();
        slot.push(2);
        slot.sort();
    });
    first.await;
    second.await;
    format!("{} {:?}", seen.len(), seen[&1])
}

async fn queue(jobs: Vec<u32>) -> Vec<u32> {
    let mut queue: VecDeque<u32> = jobs.into_iter().collect();
    let mut done = vec![];
    let worker = spawn(async {
//                     ^^^^^ spawn_borrows_local
        while let Some(job) = queue.pop_front() {
            let result = fetch(job).await;
            done.push(result);
        }
    });
    let other = spawn(async {
        while let Some(job) = queue.pop_front() {
            done.push(fetch(job).await);
        }
    });
    worker.await;
    other.await;
    done.sort();
    done
}

async fn highest() -> u32 {
    let mut best = 0;
    let tasks = [4, 2].map(|number| {
        spawn(async move {
            let price = fetch(number).await;
            price
        })
    });
    let watcher = spawn(async {
//                      ^^^^^ spawn_borrows_local
        let price = fetch(3).await;
        if price > best {
            best = price;
        }
    });
    for task in tasks {
        task.await;
    }
    watcher.await;
    best
}

async fn log_of_all() {
    let mut log: Vec<String> = Vec::new();
    let mut tasks = Vec::new();
    for name in ["a", "b"] {
        tasks.push(spawn(async move {
//                       ^^^^^^^^^^ moved_into_task
            log.push(format!("start {name}"));
            let price = fetch(1).await;
            log.push(format!("{name}: {price}"));
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
