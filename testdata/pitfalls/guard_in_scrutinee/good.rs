// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

async fn bound_first(queue: Arc<Mutex<Vec<u32>>>) {
    let job = queue.lock().unwrap().pop();
    match job {
        Some(job) => send(job).await,
        None => {}
    }
}

async fn condition(queue: Arc<Mutex<Vec<u32>>>) {
    if queue.lock().unwrap().is_empty() {
        send(0).await;
    }
    while !queue.lock().unwrap().is_empty() {
        send(1).await;
    }
}

async fn let_else(queue: Arc<Mutex<Vec<u32>>>) {
    let Some(job) = queue.lock().unwrap().pop() else {
        send(0).await;
        return;
    };
    send(job).await;
}

async fn arms_without_await(level: Arc<Mutex<u32>>) {
    let word = match *level.lock().unwrap() {
        0 => 1,
        now => now,
    };
    send(word).await;
}

fn main() {
    spawn(bound_first(Arc::default()));
    spawn(condition(Arc::default()));
    spawn(let_else(Arc::default()));
    spawn(arms_without_await(Arc::default()));
}
