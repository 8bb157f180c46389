// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn clear(mut items: MutexGuard<'_, Vec<u32>>) {
    items.clear();
}

async fn dropped(list: Arc<Mutex<Vec<u32>>>) {
    let items = list.lock().unwrap();
    drop(items);
    leaf().await;
}

async fn given_away(list: Arc<Mutex<Vec<u32>>>) {
    let items = list.lock().unwrap();
    clear(items);
    leaf().await;
}

fn main() {
    spawn(dropped(Arc::default()));
    spawn(given_away(Arc::default()));
}
