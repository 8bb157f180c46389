// edition:2021
use std::future::Future;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// What names a guard's type need not have one.
struct Lender<G> {
    lock: Arc<Mutex<u32>>,
    kind: PhantomData<fn() -> G>,
}

struct Reader<'a> {
    lock: &'a Mutex<u32>,
    read: fn(MutexGuard<'_, u32>) -> u32,
}

async fn lent<G>(lender: Lender<G>) {
    leaf().await;
    let guard = lender.lock.lock().unwrap();
    println!("{} {:?}", *guard, lender.kind);
}

async fn lends(lock: Arc<Mutex<u32>>) {
    let lender: Lender<MutexGuard<'static, u32>> = Lender { lock, kind: PhantomData };
    leaf().await;
    lent(lender).await;
}

async fn reads(lock: Arc<Mutex<u32>>) {
    let reader = Reader { lock: &lock, read: |guard| *guard };
    leaf().await;
    println!("{}", (reader.read)(reader.lock.lock().unwrap()));
}

fn main() {
    spawn(lends(Arc::default()));
    spawn(reads(Arc::default()));
}
