// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

struct Worker {
    queue: Mutex<Vec<u32>>,
}

impl Worker {
    async fn drain(&self) {
        while let Some(job) = { let value = self.queue.lock().unwrap().pop(); value } {
        //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
            send(job).await;
            //        ----- still held at this await
        }
    }
}

fn main() {
    let worker = Arc::new(Worker { queue: Mutex::default() });
    spawn(async move { worker.drain().await });
}
