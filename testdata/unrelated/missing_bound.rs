// edition:2021
// The parameter is not known to be Send; the guard inside is scoped.
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future<Output = ()> + Send + 'static>(_: F) {}

async fn pause() {}

fn keep<T: 'static>(list: Arc<Mutex<Vec<u32>>>, value: T) {
    spawn(async move {
        list.lock().unwrap().push(1);
        pause().await;
        drop(value);
    });
}

fn main() {
    keep(Arc::default(), 1);
}
