// edition:2021
use std::future::Future;
use std::sync::Arc;

async fn twice<F, Fut>(f: F)
where
    F: Fn(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    f(1).await;
    f(2).await;
}

async fn once<F, Fut>(f: F)
where
    F: FnOnce(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    f(1).await;
}

async fn show(label: String, item: u32) {
    println!("{label}{item}");
}

async fn run() {
    let label = String::from("a");
    twice(|item| show(label.clone(), item)).await;
    let shared = Arc::new(String::from("b"));
    twice(move |item| {
        let shared = Arc::clone(&shared);
        async move { show(shared.to_string(), item).await }
    })
    .await;
    once(move |item| async move { show(label, item).await }).await;
}

fn main() {
    drop(run());
}
