// edition:2024
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

async fn next(queue: Arc<Mutex<Vec<u32>>>) {
    let value = queue.lock().unwrap().pop();
    if let Some(job) = value {
    //                 ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        send(job).await;
        //        ----- still held at this await
    } else {
        send(0).await;
    }
}

fn main() {
    spawn(next(Arc::default()));
}
