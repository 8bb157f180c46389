// edition:2021
// E0373: the block borrows what it should own. Its guard ends before the await.
use std::future::Future;
use std::sync::Mutex;

fn spawn<F: Future<Output = ()> + Send + 'static>(_: F) {}

async fn pause() {}

fn main() {
    let total = Mutex::new(0);
    spawn(async {
        *total.lock().unwrap() += 1;
        pause().await;
    });
}
