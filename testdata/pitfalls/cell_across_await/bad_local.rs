// edition:2021
use std::cell::Cell;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn measure() {
    let total: Cell<u64> = Cell::new(0);
    //  ^^^^^ cell_across_await
    let shared = &total;
    //  ------ shared here
    shared.set(5);
    leaf().await;
    //     ----- held at this await
    let sum = shared.get();
    println!("{sum}");
}

fn main() {
    spawn(measure());
}
