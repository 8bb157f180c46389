// edition:2021
// FIXME: the new imports are sorted, but not joined.
use std::cell::Cell;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn read() -> u32 {
    7
}

async fn poll(tries: &Cell<u32>) -> u32 {
//            ----- shared here
    tries.set(tries.get() + 1);
    read().await
}

fn main() {
    spawn(async {
        let tries = Cell::<u32>::new(0);
        //  ^^^^^ cell_across_await
        let sum = poll(&tries).await + poll(&tries).await;
        let count = tries.get();
        println!("{sum} after {count} tries");
    });
}
