// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(key: u32) -> u32 {
    key + 1
}

async fn fill(cache: Arc<Mutex<Vec<u32>>>, key: u32) {
    // From afar.
    let item = fetch(key).await;
    let mut items = cache.lock().unwrap();
    //  ^^^^^^^^^ guard_across_await
    let is_new = !items.contains(&key);
    //                    ----- still held at this await
    if is_new {
        items.push(item);
    }
}

fn main() {
    spawn(fill(Arc::default(), 1));
}
