// edition:2021
use std::future::Future;
use std::pin::Pin;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn leaf() {}

// The answer stands in the signature.
fn crawl(depth: u32) -> impl Future<Output = ()> + Send {
    async move {
        leaf().await;
        if depth > 0 {
            spawn(crawl(depth - 1));
        }
    }
}

fn count(depth: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(async move {
        leaf().await;
        if depth == 0 { 1 } else { 1 + count(depth - 1).await }
    })
}

// A plain box asks nothing.
async fn walk(depth: u32) {
    if depth > 0 {
        Box::pin(walk(depth - 1)).await;
    }
}

// And neither does a runtime of one thread.
async fn visit(depth: u32) {
    leaf().await;
    if depth > 0 {
        spawn_local(visit(depth - 1));
    }
}

fn main() {
    spawn(crawl(2));
    spawn(count(2));
    spawn(walk(2));
    spawn_local(visit(2));
}
