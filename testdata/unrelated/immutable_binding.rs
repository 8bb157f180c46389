// edition:2024
// E0596: the guard is not `mut`. It is held over an await on one thread.
use std::sync::Mutex;

async fn pause() {}

async fn add(total: &Mutex<Vec<u32>>) {
    let total = total.lock().unwrap();
    pause().await;
    total.push(1);
}

fn main() {
    let total = Mutex::new(Vec::new());
    let _add = add(&total);
}
