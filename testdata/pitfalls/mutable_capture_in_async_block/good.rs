// edition:2021
use std::cell::Cell;
use std::future::Future;

async fn each<F, Fut>(items: &[u32], mut f: F)
where
    F: FnMut(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    for item in items {
        f(*item).await;
    }
}

async fn each_async(items: &[u32], mut f: impl AsyncFnMut(u32)) {
    for item in items {
        f(*item).await;
    }
}

async fn show(_item: u32) {}

async fn run() -> u32 {
    let mut sum = 0;
    each_async(&[1, 2], async |item| {
        show(item).await;
        sum += item;
    })
    .await;
    // Changed when the closure is called, not in its future.
    each(&[1, 2], |item| {
        sum += item;
        async move { show(item).await }
    })
    .await;
    // A shared reference may be in many futures.
    let seen = Cell::new(0);
    let seen_here = &seen;
    each(&[1, 2], |item| async move {
        show(item).await;
        seen_here.set(seen_here.get() + item);
    })
    .await;
    sum + seen.get()
}

fn main() {
    drop(run());
}
