// edition:2021
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn greet(name: &str) -> usize {
    name.len()
}

async fn welcome(names: Arc<RwLock<Vec<String>>>) -> usize {
    let mut length = 0;
    if let Ok(names) = names.read() {
    //        ^^^^^ guard_across_await
        if !names.is_empty() {
            length = greet(&names[0]).await;
            //                        ----- still held at this await
        }
    }
    length
}

fn main() {
    spawn(welcome(Arc::default()));
}
