// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn block(list: Arc<Mutex<Vec<u32>>>) {
    {
        let mut items = list.lock().unwrap();
        items.push(1);
        drop(items);
    }
    leaf().await;
}

async fn temporary(list: Arc<Mutex<Vec<u32>>>) {
    list.lock().unwrap().push(1);
    leaf().await;
}

async fn leaves(list: Arc<Mutex<Vec<u32>>>, full: bool) {
    if full {
        let mut items = list.lock().unwrap();
        items.clear();
        drop(items);
    }
    leaf().await;
}

fn main() {
    spawn(block(Arc::default()));
    spawn(temporary(Arc::default()));
    spawn(leaves(Arc::default(), true));
}
