// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// Counts what is done.
async fn work(done: &std::cell::Cell<u32>) {
//            ---- shared here
    leaf().await;
    //     ----- held at this await
    done.set(done.get() + 1); // one more
}

fn main() {
    spawn(async {
        let done: std::cell::Cell<u32> = std::cell::Cell::new(0);
        //  ^^^^ cell_across_await
        work(&done).await;
        assert_eq!(done.get(), 1);
    });
}
