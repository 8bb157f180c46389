// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

struct Txn<'a> {
    rows: MutexGuard<'a, Vec<u32>>,
}

async fn add(rows: Arc<Mutex<Vec<u32>>>) {
    {
        let mut txn = Txn { rows: rows.lock().unwrap() };
        //  ^^^^^^^ guard_dropped_but_live
        txn.rows.push(1);
        drop(txn);
    }
    //   --- given away here, which does not end its scope
    leaf().await;
    //     ----- the compiler still counts it at this await
}

fn main() {
    spawn(add(Arc::default()));
}
