// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(key: u32) -> u32 {
    key + 1
}

async fn fill(cache: Arc<Mutex<Vec<u32>>>) {
    for key in 0..3 {
        let mut items = cache.lock().unwrap();
        //  ^^^^^^^^^ guard_across_await
        if items.len() > 10 {
            continue;
        }
        let item = fetch(key).await;
        //                    ----- still held at this await
        items.push(item);
    }
}

fn main() {
    spawn(fill(Arc::default()));
}
