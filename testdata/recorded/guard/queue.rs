// edition:2021
//! A job queue whose worker keeps its lock while it waits.

use std::future::Future;
use std::sync::{Arc, Mutex};

pub fn spawn<F: Future<Output = ()> + Send + 'static>(_task: F) {}

pub async fn run(_job: u32) {}

#[derive(Default)]
pub struct Queue {
    jobs: Mutex<Vec<u32>>,
    done: Mutex<u32>,
}

impl Queue {
    /// Counts a job as done and runs it.
    pub async fn work(&self, job: u32) {
        let mut done = self.done.lock().unwrap();
        *done += 1;
        run(job).await;
    }

    /// Runs what is queued, newest first.
    pub async fn drain(&self) {
        while let Some(job) = self.jobs.lock().unwrap().pop() {
            run(job).await;
        }
    }
}

pub fn start(queue: Arc<Queue>) {
    let worker = queue.clone();
    spawn(async move { worker.work(7).await });
    spawn(async move { queue.drain().await });
}
