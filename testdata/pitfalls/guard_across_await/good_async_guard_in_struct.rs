// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// The guard of an async lock may be held, also in a field.
mod tokio {
    pub mod sync {
        #[derive(Default)]
        pub struct Mutex<T>(T);
        pub struct MutexGuard<'a, T>(pub &'a T);

        impl<T> Mutex<T> {
            pub async fn lock(&self) -> MutexGuard<'_, T> {
                MutexGuard(&self.0)
            }
        }
    }
}

use tokio::sync::{Mutex, MutexGuard};

struct Txn<'a> {
    rows: MutexGuard<'a, Vec<u32>>,
}

async fn count(rows: Arc<Mutex<Vec<u32>>>) -> usize {
    let txn = Txn { rows: rows.lock().await };
    leaf().await;
    txn.rows.0.len()
}

fn main() {
    spawn(count(Arc::default()));
}
