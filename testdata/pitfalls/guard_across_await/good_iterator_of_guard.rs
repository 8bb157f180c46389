// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_row: u32) {}

struct Rows<'a> {
    guard: MutexGuard<'a, Vec<u32>>,
}

impl Rows<'_> {
    fn even(&self) -> impl Iterator<Item = u32> + '_ {
        self.guard.iter().copied().filter(|row| row % 2 == 0)
    }
}

fn rows(rows: &Mutex<Vec<u32>>) -> Rows<'_> {
    Rows { guard: rows.lock().unwrap() }
}

async fn each(lock: Arc<Mutex<Vec<u32>>>) {
    let even: Vec<u32> = rows(&lock).even().collect();
    for row in even.iter() {
        send(*row).await;
    }
}

async fn drained(lock: Arc<Mutex<Vec<u32>>>) {
    let all = std::mem::take(&mut *rows(&lock).guard).into_iter();
    for row in all {
        send(row).await;
    }
}

fn main() {
    spawn(each(Arc::default()));
    spawn(drained(Arc::default()));
}
