// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

fn main() {
    let state = Arc::new(Mutex::new(7));
    spawn(async move {
        let value = *state.lock().unwrap();
        send(value).await;
        //    ^^^^^^^^^^^^^^^^^^^^^ guard_across_await
        //                           ----- still held at this await
    });
}
