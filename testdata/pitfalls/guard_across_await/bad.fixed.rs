// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

fn main() {
    let state = Arc::new(Mutex::new(0));
    spawn(async move {
        let value = {
            let mut seen = state.lock().unwrap();
            //  ^^^^^^^^ guard_across_await
            *seen += 1;
            *seen
        };
        send(value).await;
        //          ----- still held at this await
    });
}
