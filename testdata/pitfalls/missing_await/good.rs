// edition:2021
use std::future::Future;

async fn one() -> u32 {
    1
}

// Futures that are kept, passed on, compared by nothing, and awaited later.
async fn later() -> u32 {
    let first = one();
    let second = Box::pin(one());
    let many = vec![one(), one()];
    let mut sum = twice(one).await + first.await + second.await;
    for future in many {
        sum += future.await;
    }
    sum
}

async fn twice<F: Future<Output = u32>>(make: impl Fn() -> F) -> u32 {
    make().await + make().await
}

fn lazy() -> impl Future<Output = u32> {
    let future = one();
    async move { future.await + 1 }
}

fn main() {
    drop(later());
    drop(lazy());
    let _ = one();
}
