// edition:2024
// FIXME: the new imports are sorted, but not joined.
use std::cell::Cell;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

#[derive(Default)]
struct Stats {
    // How many came in.
    hits: Cell<usize>,
    //    ^^^^^^^^^^^ cell_across_await
}

impl Stats {
    async fn hit(&self) -> usize {
        self.hits.set(self.hits.get() + 1);
        leaf().await;
        self.hits.get()
    }
}

fn main() {
    let stats = Arc::new(Stats::default());
    let shared = Arc::clone(&stats);
    spawn(async move { shared.hit().await });
    //                 ------ shared here
    spawn(async move { stats.hit().await });
}
