// edition:2024
// Not even a reference: the value itself.
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn store(value: u32, into: Arc<Mutex<Vec<u32>>>) {
    into.lock().unwrap().push(value);
}

fn main() {
    let results = Mutex::new(Vec::new());
    //  ^^^^^^^ shared_without_arc
    for value in 0..3 {
        spawn(store(value, Arc::clone(&results)));
    }
    println!("{}", results.lock().unwrap().len());
}
