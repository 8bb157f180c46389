// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

#[derive(Default)]
struct Queue {
    jobs: Mutex<Vec<u32>>,
}

impl Queue {
    async fn push(&self, job: u32) -> usize {
        let length = {
            let mut jobs = self.jobs.lock().unwrap();
            //  ^^^^^^^^ guard_dropped_but_live
            jobs.push(job);
            let length = jobs.len();
            std::mem::drop(jobs);
            length
        };
        leaf().await;
        //     -----
        length
    }
}

fn main() {
    let queue = Arc::new(Queue::default());
    spawn(async move { queue.push(1).await });
}
