// edition:2021
use std::sync::{Arc, Mutex};

async fn transmit(batch: &[u32]) -> usize {
    batch.len()
}

async fn flush(queue: Arc<Mutex<Vec<u32>>>) -> usize {
    let mut guard = queue.lock().unwrap();
    //  ^^^^^^^^^ guard_across_await
    let batch = std::mem::take(&mut *guard);
    let _ = guard;
    transmit(&batch).await
}

fn spawn<F: std::future::Future + Send + 'static>(_future: F) {}

fn main() {
    spawn(flush(Arc::new(Mutex::new(vec![1]))));
}
