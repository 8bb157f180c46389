// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

struct Sorted<'a>(MutexGuard<'a, Vec<u32>>);

impl Drop for Sorted<'_> {
    fn drop(&mut self) {
        self.0.sort();
    }
}

async fn add(rows: Arc<Mutex<Vec<u32>>>) {
    let mut sorted = Sorted(rows.lock().unwrap());
    //  ^^^^^^^^^^ guard_across_await
    sorted.0.push(1);
    leaf().await;
    //     ----- still held at this await
}

fn main() {
    spawn(add(Arc::default()));
}
