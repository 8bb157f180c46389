// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn announce() {}

struct Store {
    rows: Mutex<Vec<u32>>,
}

struct Txn<'a> {
    rows: MutexGuard<'a, Vec<u32>>,
    changes: usize,
}

impl Store {
    fn begin(&self) -> Txn<'_> {
        Txn { rows: self.rows.lock().unwrap(), changes: 0 }
    }
}

async fn add(store: Arc<Store>, row: u32) {
    let mut txn = store.begin();
    //  ^^^^^^^ guard_across_await
    txn.rows.push(row);
    txn.changes += 1;
    announce().await;
    //         ----- still held at this await
}

fn main() {
    let store = Arc::new(Store { rows: Mutex::new(Vec::new()) });
    spawn(add(store, 1));
}
