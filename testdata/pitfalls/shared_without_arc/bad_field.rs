// edition:2021
// A task has a weak handle on what the returned value holds.
use std::future::Future;
use std::sync::{Arc, Weak};

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Shared {
    size: usize,
}

struct Pool {
    inner: Arc<Shared>,
}

struct Reaper {
    pool: Weak<Shared>,
}

impl Reaper {
    async fn run(self) {
        drop(self.pool.upgrade());
    }
}

impl Pool {
    fn new(size: usize) -> Self {
        let inner = &Shared { size };
        //  ^^^^^ shared_without_arc
        spawn(Reaper { pool: Arc::downgrade(&inner) }.run());
        Self { inner }
    }
}

fn main() {
    println!("{}", Pool::new(2).inner.size);
}
