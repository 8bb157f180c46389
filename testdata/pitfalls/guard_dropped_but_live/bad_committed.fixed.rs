// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Batch<'a> {
    rows: MutexGuard<'a, Vec<u32>>,
    added: Vec<u32>,
}

impl Batch<'_> {
    fn put(&mut self, row: u32) {
        self.added.push(row);
    }

    fn commit(mut self) -> usize {
        self.rows.append(&mut self.added);
        self.rows.len()
    }
}

async fn tell(_rows: usize) {}

async fn import(rows: Arc<Mutex<Vec<u32>>>) {
    let count = {
        let mut batch = Batch { rows: rows.lock().unwrap(), added: Vec::new() };
        //  ^^^^^^^^^ guard_dropped_but_live
        for row in 0..3 {
            batch.put(row);
        }
        batch.commit()
    };
    tell(count).await;
    //          -----
}

fn main() {
    spawn(import(Arc::default()));
}
