// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn count(state: Arc<Mutex<u32>>) {
    {
        let mut seen = state.lock().unwrap();
        //  ^^^^^^^^ guard_across_await
        *seen += 1;
    }
    leaf().await;
    //     ----- still held at this await
}

async fn count_twice(state: Arc<Mutex<u32>>) {
    count(state.clone()).await;
    count(state).await;
}

fn main() {
    spawn(count(Arc::default()));
    spawn(count_twice(Arc::default()));
}
