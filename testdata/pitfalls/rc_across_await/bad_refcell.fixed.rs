// edition:2021
use std::future::Future;
use std::sync::Arc;
use std::sync::Mutex;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn count(total: Arc<Mutex<u32>>) {
//             ----- held here
    *total.lock().unwrap() += 1;
    leaf().await;
    //     ----- held at this await
}

fn main() {
    let total = Arc::new(Mutex::new(0));
    //  ^^^^^ rc_across_await
    spawn(count(total.clone()));
    spawn(count(total));
}
