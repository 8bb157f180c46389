// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

struct Counter {
    total: Mutex<u32>,
}

impl Counter {
    // Guards of a sync function are in no future.
    fn add(&self) -> u32 {
        let mut total = self.total.lock().unwrap();
        *total += 1;
        drop(total);
        let total = self.total.lock().unwrap();
        *total
    }
}

fn main() {
    let counter = Arc::new(Counter { total: Mutex::new(0) });
    spawn(async move {
        let read = || *counter.total.lock().unwrap();
        send(counter.add()).await;
        send(read()).await;
    });
}
