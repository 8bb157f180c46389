// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

// The closures lock when they are called.
async fn calls(rows: Arc<Mutex<Vec<u32>>>) {
    let count = || rows.lock().unwrap().len();
    send(count()).await;
    send(count()).await;
}

async fn takes(rows: Arc<Mutex<Vec<u32>>>) {
    let later = {
        let rows = rows.clone();
        async move { rows.lock().unwrap().len() }
    };
    send(0).await;
    send(later.await).await;
}

fn main() {
    spawn(calls(Arc::default()));
    spawn(takes(Arc::default()));
}
