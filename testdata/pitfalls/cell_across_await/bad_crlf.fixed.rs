// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// Counts what is done.
async fn work(done: &mut std::cell::Cell<u32>) {
//            ---- shared here
    leaf().await;
    //     ----- held at this await
    done.set(done.get() + 1); // one more
}

fn main() {
    spawn(async {
        let mut done: std::cell::Cell<u32> = std::cell::Cell::new(0);
        //  ^^^^ cell_across_await
        work(&mut done).await;
        // FIXME: an atomic is not offered where a macro reads the cell.
        assert_eq!(done.get(), 1);
    });
}
