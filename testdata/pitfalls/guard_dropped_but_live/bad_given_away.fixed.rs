// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn finish(mut items: MutexGuard<'_, Vec<u32>>) {
    items.clear();
}

async fn flush(list: Arc<Mutex<Vec<u32>>>) {
    {
        let items = list.lock().unwrap();
        //  ^^^^^ guard_dropped_but_live
        println!("{}", items.len());
        finish(items);
    }
    leaf().await;
    //     -----
}

fn main() {
    spawn(flush(Arc::default()));
}
