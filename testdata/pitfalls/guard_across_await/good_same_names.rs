// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// Holds a guard, but is another type of that name.
mod locked {
    use std::sync::{Mutex, MutexGuard};

    pub struct Txn<'a> {
        pub rows: MutexGuard<'a, Vec<u32>>,
    }

    pub fn count(rows: &Mutex<Vec<u32>>) -> usize {
        let txn = Txn { rows: rows.lock().unwrap() };
        txn.rows.len()
    }
}

mod planned {
    pub struct Txn<'a> {
        pub rows: &'a [u32],
    }
}

// A guard in name only.
mod relay {
    pub struct MutexGuard<'a, T>(pub &'a T);

    pub struct Relayed<'a> {
        pub guard: MutexGuard<'a, u32>,
    }
}

async fn plan(rows: Arc<Vec<u32>>) {
    let txn = planned::Txn { rows: &rows };
    leaf().await;
    locked::count(&std::sync::Mutex::new(txn.rows.to_vec()));
}

async fn relayed(value: Arc<u32>) {
    let relayed = relay::Relayed { guard: relay::MutexGuard(&value) };
    leaf().await;
    println!("{}", relayed.guard.0);
}

fn main() {
    spawn(plan(Arc::default()));
    spawn(relayed(Arc::default()));
}
