// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

fn main() {
    let queue = Arc::new(Mutex::new(vec![1, 2]));
    spawn(async move {
        let value = queue.lock().unwrap().pop();
        match value {
        //    ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
            Some(job) => send(job).await,
            //                     ----- still held at this await
            None => {}
        }
    });
}
