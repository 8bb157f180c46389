// edition:2021
use std::future::Future;

// Of two calls one is made.
pub async fn either<Fut: Future<Output = u32>>(is_first: bool, op: impl FnOnce(u32) -> Fut) -> u32 {
    if is_first {
        return op(1).await;
    }
    op(2).await
}

pub async fn twice<Fut: Future<Output = u32>>(mut op: impl FnMut(u32) -> Fut) -> u32 {
    op(1).await + op(2).await
}

pub async fn cloned<F: FnOnce(u32) -> Fut + Clone, Fut: Future<Output = u32>>(op: F) -> u32 {
    op.clone()(1).await + op(2).await
}

fn main() {}
