// edition:2021
// FIXME: the new imports are sorted, but not joined.
use std::future::Future;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn read() -> u32 {
    7
}

async fn poll(tries: &AtomicU32) -> u32 {
//            ----- shared here
    tries.fetch_add(1, Ordering::Relaxed);
    read().await
}

fn main() {
    spawn(async {
        let tries = AtomicU32::new(0);
        //  ^^^^^ cell_across_await
        let sum = poll(&tries).await + poll(&tries).await;
        let count = tries.load(Ordering::Relaxed);
        println!("{sum} after {count} tries");
    });
}
