// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

#[derive(Default)]
struct Counter {
    total: Mutex<u32>,
}

impl Counter {
    async fn add(&self, amount: u32) {
        let value = {
            let mut total = self.total.lock().unwrap();
            //  ^^^^^^^^^ guard_across_await
            *total += amount;
            *total
        };
        send(value).await;
        //           ----- still held at this await
    }
}

fn main() {
    let counter = Arc::new(Counter::default());
    spawn(async move { counter.add(1).await });
}
