// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

struct Txn<'a> {
    rows: MutexGuard<'a, Vec<u32>>,
}

impl Txn<'_> {
    fn commit(self) -> usize {
        self.rows.len()
    }
}

fn begin(rows: &Mutex<Vec<u32>>) -> Txn<'_> {
    Txn { rows: rows.lock().unwrap() }
}

async fn scoped(rows: Arc<Mutex<Vec<u32>>>) {
    let count = {
        let mut txn = begin(&rows);
        txn.rows.push(1);
        txn.rows.len()
    };
    send(count).await;
}

async fn committed(rows: Arc<Mutex<Vec<u32>>>) {
    let txn = begin(&rows);
    let count = txn.commit();
    send(count).await;
}

async fn temporary(rows: Arc<Mutex<Vec<u32>>>) {
    let first = begin(&rows).rows.first().copied();
    send(first.map_or(0, |row| row as usize)).await;
}

async fn after(rows: Arc<Mutex<Vec<u32>>>) {
    send(0).await;
    let mut txn = begin(&rows);
    txn.rows.push(1);
}

fn main() {
    spawn(scoped(Arc::default()));
    spawn(committed(Arc::default()));
    spawn(temporary(Arc::default()));
    spawn(after(Arc::default()));
}
