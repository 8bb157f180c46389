// edition:2021
// E0061; the match holds its guard over an await, in a future nobody sends.
use std::sync::Mutex;

async fn store(_: &str, _: u32) {}

async fn drain(queue: &Mutex<Vec<u32>>) {
    match queue.lock().unwrap().pop() {
        Some(job) => store(job).await,
        None => {}
    }
}

fn main() {
    let queue = Mutex::new(vec![1]);
    let _drain = drain(&queue);
}
