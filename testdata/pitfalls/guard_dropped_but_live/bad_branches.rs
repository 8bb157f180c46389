// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn push(list: Arc<Mutex<Vec<u32>>>, notify: bool) {
    let mut items = list.lock().unwrap();
    //  ^^^^^^^^^ guard_dropped_but_live
    items.push(1);
    if notify {
        drop(items);
        leaf().await;
        //     -----
    } else {
        items.push(2);
    }
}

fn main() {
    spawn(push(Arc::default(), true));
}
