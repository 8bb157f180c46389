// edition:2021
use std::future::Future;

async fn plain<F, Fut>(f: F) -> u32
where
    F: Fn(u32) -> Fut,
    Fut: Future<Output = u32>,
{
    f(1).await
}

async fn lending(f: impl AsyncFn(u32) -> u32) -> u32 {
    f(1).await
}

async fn twice(n: u32) -> u32 {
    n * 2
}

async fn run() -> u32 {
    // An async closure that lends nothing is of the plain kind too.
    let mut sum = plain(async |n| twice(n).await).await;
    sum += plain(twice).await + plain(|n| std::future::ready(n)).await;
    sum += lending(twice).await + lending(|n| twice(n)).await;
    let by = 3;
    sum + lending(async |n| twice(n * by).await).await
}

fn main() {
    drop(run());
}
