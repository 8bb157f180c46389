// edition:2021
// E0308: threads share an `Arc`, and the value is in none. Async code stands beside it.
use std::sync::Arc;
use std::thread;

struct Pool {
    size: usize,
}

fn start(pool: Arc<Pool>) {
    thread::spawn(move || println!("{}", pool.size));
}

fn watch(pool: &Arc<Pool>) {
    let pool = Arc::clone(pool);
    thread::spawn(move || println!("{}", pool.size));
}

async fn size(pool: &Pool) -> usize {
    pool.size
}

fn main() {
    let pool = &Pool { size: 2 };
    drop(size(pool));
    start(pool.clone());
    watch(&pool);
}
