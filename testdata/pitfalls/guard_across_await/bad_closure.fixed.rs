// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn main() {
    let state = Arc::new(Mutex::new(0));
    let task = |step: u32| {
        let state = Arc::clone(&state);
        async move {
            {
                let mut seen = state.lock().unwrap();
                //  ^^^^^^^^ guard_across_await
                *seen += step;
            }
            {
                leaf().await;
                //     ----- still held at this await
            }
        }
    };
    spawn(task(1));
}
