// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn drain(list: Arc<Mutex<Vec<u32>>>) {
    loop {
        let item = {
            let mut items = list.lock().unwrap();
            //  ^^^^^^^^^ guard_dropped_but_live
            let Some(item) = items.pop() else { break };
            drop(items);
            item
        };
        leaf().await;
        //     -----
        println!("{item}");
    }
}

fn main() {
    spawn(drain(Arc::default()));
}
