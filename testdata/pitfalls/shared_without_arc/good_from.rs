// edition:2021
// Made into an `Arc` on the way.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn show(name: Arc<str>) {
    println!("{name}");
}

fn main() {
    let name = "ada";
    spawn(show(Arc::from(name)));
    spawn(show(name.into()));
}
