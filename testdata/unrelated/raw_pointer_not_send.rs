// edition:2024
// Not Send because of a raw pointer; the temporary guard ends with its statement.
use std::sync::{Arc, Mutex};

fn spawn<F: Future<Output = ()> + Send + 'static>(_: F) {}

async fn pause() {}

fn main() {
    let list = Arc::new(Mutex::new(vec![0_u8; 4]));
    spawn(async move {
        let start: *const u8 = list.lock().unwrap().as_ptr();
        pause().await;
        println!("{start:?}");
    });
}
