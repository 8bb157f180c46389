//! A crate of which rustc names the bodies, but not the values in them.
use std::rc::Rc;

async fn leaf() {}

pub async fn count() {
    let count = Rc::new(0);
    leaf().await;
    drop(count);
}

/// It may take up any room that `ask` says, so it is first laid out where it is used.
pub async fn first_good<A: Future<Output = bool>>(attempts: u32, ask: impl Fn() -> A) -> bool {
    if ask().await {
        return true;
    }
    attempts > 1 && first_good(attempts - 1, ask).await
}
