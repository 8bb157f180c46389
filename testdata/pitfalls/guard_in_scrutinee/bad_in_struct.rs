// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_row: u32) {}

struct Txn<'a> {
    rows: MutexGuard<'a, Vec<u32>>,
}

fn begin(rows: &Mutex<Vec<u32>>) -> Txn<'_> {
    Txn { rows: rows.lock().unwrap() }
}

async fn first(rows: Arc<Mutex<Vec<u32>>>) {
    match begin(&rows).rows.first() {
        //^^^^^^^^^^^^ guard_in_scrutinee
        Some(row) => send(*row).await,
        //                      ----- still held at this await
        None => send(0).await,
    }
}

fn main() {
    spawn(first(Arc::default()));
}
