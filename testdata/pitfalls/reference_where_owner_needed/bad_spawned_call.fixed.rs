// edition:2024
// The function is `async`, and its future goes to a task with all that it borrows. A guard
// has the parameter's name later.
use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn handle(_job: u32) {}

async fn work(jobs: Arc<Mutex<VecDeque<u32>>>) {
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reference_where_owner_needed
    loop {
        let job = {
            let mut jobs = jobs.lock().unwrap();
            jobs.pop_front()
        };
        let Some(job) = job else { break };
        handle(job).await;
    }
}

fn main() {
    let jobs = Arc::new(Mutex::new(VecDeque::from([1, 2])));
    spawn(work(jobs));
}
