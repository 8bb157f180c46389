// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

macro_rules! transaction {
    ($name:ident, $rows:ty) => {
        struct $name<'a> {
            rows: std::sync::MutexGuard<'a, $rows>,
        }
    };
}

transaction!(Txn, Vec<u32>);

async fn add(rows: Arc<Mutex<Vec<u32>>>) {
    let mut txn = Txn { rows: rows.lock().unwrap() };
    //  ^^^^^^^ guard_across_await
    txn.rows.push(1);
    leaf().await;
    //     ----- still held at this await
}

fn main() {
    spawn(add(Arc::default()));
}
