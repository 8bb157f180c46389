// edition:2021
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn visit(names: Arc<RwLock<Vec<String>>>) {
    for name in names.read().unwrap().iter() {
    //          ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        leaf().await;
        //     ----- still held at this await
        println!("{name}");
    }
}

fn main() {
    spawn(visit(Arc::default()));
}
