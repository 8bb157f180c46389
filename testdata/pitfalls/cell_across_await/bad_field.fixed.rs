// edition:2024
// FIXME: the new imports are sorted, but not joined.
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

#[derive(Default)]
struct Stats {
    // How many came in.
    hits: AtomicUsize,
    //    ^^^^^^^^^^^ cell_across_await
}

impl Stats {
    async fn hit(&self) -> usize {
        self.hits.fetch_add(1, Ordering::Relaxed);
        leaf().await;
        self.hits.load(Ordering::Relaxed)
    }
}

fn main() {
    let stats = Arc::new(Stats::default());
    let shared = Arc::clone(&stats);
    spawn(async move { shared.hit().await });
    //                 ------ shared here
    spawn(async move { stats.hit().await });
}
