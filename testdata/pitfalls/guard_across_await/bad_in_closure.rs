// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_row: Option<u32>) {}

async fn first(rows: Arc<Mutex<Vec<u32>>>) {
    let rows = rows.lock().unwrap();
    let row = move |at: usize| rows.get(at).copied();
    //  ^^^ guard_across_await
    send(row(0)).await;
    //           ----- still held at this await
}

fn main() {
    spawn(first(Arc::default()));
}
