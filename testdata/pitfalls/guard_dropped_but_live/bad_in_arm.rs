// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn compute(seed: u64) -> u64 {
    seed * seed
}

async fn cached(slot: Arc<Mutex<Option<u64>>>, seed: u64) -> u64 {
    let guard = slot.lock().unwrap();
    //  ^^^^^ guard_dropped_but_live
    match *guard {
        Some(value) => value,
        None => {
            drop(guard);
            let value = compute(seed).await;
            //                        -----
            *slot.lock().unwrap() = Some(value);
            value
        }
    }
}

fn main() {
    spawn(cached(Arc::default(), 1));
}
