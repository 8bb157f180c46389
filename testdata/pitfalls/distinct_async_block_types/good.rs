// edition:2021
use std::future::Future;
use std::pin::Pin;

async fn number(number: u32) -> u32 {
    number
}

async fn load(is_cached: bool) -> u32 {
    // One function, one type.
    let value = if is_cached { number(1) } else { number(2) };
    let other = async { if is_cached { 1 } else { number(2).await } };
    value.await + other.await
}

fn boxed(is_cached: bool) -> Pin<Box<dyn Future<Output = u32>>> {
    if is_cached {
        Box::pin(async { 1 })
    } else {
        Box::pin(number(2))
    }
}

fn list() -> Vec<impl Future<Output = u32>> {
    vec![number(1), number(2)]
}

fn main() {
    drop(load(true));
    drop(boxed(true));
    drop(list());
}
