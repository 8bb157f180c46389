// edition:2024
use std::pin::Pin;

fn spawn<F: Future<Output = ()> + Send + 'static>(_future: F) {}

fn named<F, Fut>(f: F)
where
    F: Fn(u32) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    spawn(async move { f(1).await });
}

type Job = Box<dyn Fn(u32) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

fn boxed(job: Job) {
    spawn(async move { job(1).await });
}

// Awaited where no `Send` is asked for.
async fn here(f: impl AsyncFn(u32)) {
    f(1).await;
}

async fn show(_item: u32) {}

fn main() {
    named(show);
    named(async |item| show(item).await);
    boxed(Box::new(|item| Box::pin(show(item))));
    drop(here(async |item| show(item).await));
}
