// edition:2021
use std::future::Future;
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

enum Access<'a> {
    Shared(RwLockReadGuard<'a, Vec<u32>>),
    Alone { rows: RwLockWriteGuard<'a, Vec<u32>> },
}

impl Access<'_> {
    fn len(&self) -> usize {
        match self {
            Access::Shared(rows) => rows.len(),
            Access::Alone { rows } => rows.len(),
        }
    }
}

async fn count(rows: Arc<RwLock<Vec<u32>>>, is_writer: bool) {
    let len = {
        let access = match is_writer {
        //  ^^^^^^ guard_across_await
            true => Access::Alone { rows: rows.write().unwrap() },
            false => Access::Shared(rows.read().unwrap()),
        };
        access.len()
    };
    send(len).await;
    //                 ----- still held at this await
}

fn main() {
    spawn(count(Arc::default(), true));
}
