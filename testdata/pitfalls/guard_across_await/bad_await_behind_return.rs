// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fee(amount: u32) -> u32 {
    amount / 100
}

async fn pay(account: Arc<Mutex<u32>>, amount: u32) -> bool {
    let mut balance = account.lock().unwrap();
    //  ^^^^^^^^^^^ guard_across_await
    if *balance < amount {
        return false;
    }
    let fee = fee(amount).await;
    //                    ----- still held at this await
    *balance -= amount + fee;
    true
}

fn main() {
    spawn(pay(Arc::default(), 1));
}
