// edition:2024
// The futures end before the function does, and borrow from its callers.
use std::future::Future;

async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    (a.await, b.await)
}

async fn length(text: &str) -> usize {
    text.len()
}

async fn total(a: &String, b: &String) -> usize {
    let (a, b) = both(length(a), async move { length(b).await }).await;
    a + b
}

fn main() {
    drop(total(&String::new(), &String::new()));
}
