// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn next(queue: Arc<Mutex<Vec<u32>>>) -> u32 {
    let value = queue.lock().unwrap().pop();
    if let Some(job) = value {
    //                 ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        job
    } else {
        // Edition 2024 has given the guard up by here, edition 2021 has not.
        leaf().await;
        //     ----- still held at this await
        0
    }
}

fn main() {
    spawn(next(Arc::default()));
}
