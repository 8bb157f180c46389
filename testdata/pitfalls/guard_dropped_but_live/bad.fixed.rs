// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn main() {
    let list = Arc::new(Mutex::new(Vec::new()));
    spawn(async move {
        {
            let mut items = list.lock().unwrap();
            //  ^^^^^^^^^ guard_dropped_but_live
            items.push(1);
            drop(items);
        }
        leaf().await;
        //     -----
    });
}
