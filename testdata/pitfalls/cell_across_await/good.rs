// edition:2021
use std::cell::Cell;
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future>(_future: F) {}

async fn leaf() {}

// The cell itself is `Send`.
async fn owned(tries: Cell<u32>) {
    tries.set(tries.get() + 1);
    leaf().await;
    tries.set(tries.get() + 1);
}

async fn scoped() {
    let tries = Cell::new(0);
    {
        let shared = &tries;
        shared.set(1);
    }
    leaf().await;
    println!("{}", tries.get());
}

async fn unique(tries: &mut Cell<u32>) {
    leaf().await;
    *tries.get_mut() += 1;
}

async fn atomic(tries: &AtomicU32) {
    tries.fetch_add(1, Ordering::Relaxed);
    leaf().await;
}

async fn shared(tries: &Cell<u32>) {
    tries.set(tries.get() + 1);
    leaf().await;
}

fn main() {
    spawn(owned(Cell::new(0)));
    spawn(scoped());
    spawn(async { unique(&mut Cell::new(0)).await });
    spawn(async { atomic(&AtomicU32::new(0)).await });
    let tries = Cell::new(0);
    spawn_local(shared(&tries));
}
