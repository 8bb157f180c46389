// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn load(id: u32) -> u32 {
    id + 1
}

async fn later(id: u32) -> impl Future<Output = u32> {
    load(id)
}

pub async fn start() {
    spawn(load(1));
    spawn(later(2).await);
}

fn main() {}
