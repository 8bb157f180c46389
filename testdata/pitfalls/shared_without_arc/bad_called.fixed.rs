// edition:2021
// The function that gets it starts the task.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Pool {
    size: usize,
}

fn maintain(pool: &Arc<Pool>) {
    let pool = Arc::downgrade(pool);
    spawn(async move {
        if let Some(pool) = pool.upgrade() {
            println!("{}", pool.size);
        }
    });
}

fn open(size: usize) -> Arc<Pool> {
    let pool = Pool { size };
    let pool = Arc::new(pool);
    //  ^^^^ shared_without_arc
    maintain(&pool);
    pool
}

fn main() {
    println!("{}", open(2).size);
}
