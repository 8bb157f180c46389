// edition:2021
use std::future::Future;
use std::sync::{Arc, LockResult, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

struct Store {
    rows: Mutex<Vec<u32>>,
}

impl Store {
    fn try_rows(&self) -> LockResult<MutexGuard<'_, Vec<u32>>> {
        self.rows.lock()
    }

    fn rows(&self) -> MutexGuard<'_, Vec<u32>> {
        self.try_rows().unwrap()
    }
}

async fn count(store: Arc<Store>) {
    let len = {
        let rows = store.rows();
        rows.len()
    };
    //  ^^^^ guard_across_await
    send(len).await;
    //               ----- still held at this await
}

fn main() {
    let store = Arc::new(Store { rows: Mutex::new(Vec::new()) });
    spawn(count(store));
}
