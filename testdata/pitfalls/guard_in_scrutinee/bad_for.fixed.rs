// edition:2021
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn visit(names: Arc<RwLock<Vec<String>>>) {
    let value = names.read().unwrap().clone();
    for name in value.iter() {
    //          ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        leaf().await;
        //     ----- still held at this await
        println!("{name}");
    }
}

fn main() {
    spawn(visit(Arc::default()));
}
