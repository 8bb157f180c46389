// edition:2021
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn look_up(name: &str) -> usize {
    name.len()
}

// What is read behind the await may be another list than the copy was made of.
async fn sum(names: Arc<RwLock<Vec<String>>>) -> usize {
    let mut sum = 0;
    for name in names.read().unwrap().iter() {
    //          ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        sum += look_up(name).await / names.read().unwrap().len();
        //                   ----- still held at this await
    }
    sum
}

fn main() {
    spawn(sum(Arc::default()));
}
