// edition:2021
use std::future::Future;
use std::sync::atomic::Ordering;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// Counts what is done.
async fn work(done: &std::sync::atomic::AtomicU32) {
//            ---- shared here
    leaf().await;
    //     ----- held at this await
    done.fetch_add(1, Ordering::Relaxed); // one more
}

fn main() {
    spawn(async {
        let done: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        //  ^^^^ cell_across_await
        work(&done).await;
        assert_eq!(done.load(Ordering::Relaxed), 1);
    });
}
