// edition:2021
// Functions that give futures, each in a box or of a type that a parameter names.
use std::future::Future;
use std::pin::Pin;

type Handler = Box<dyn Fn(u32) -> Pin<Box<dyn Future<Output = u32>>>>;

fn handler<F, Fut>(run: F) -> Handler
where
    F: Fn(u32) -> Fut + 'static,
    Fut: Future<Output = u32> + 'static,
{
    Box::new(move |value| Box::pin(run(value)))
}

fn ready(value: u32) -> impl Future<Output = u32> {
    std::future::ready(value)
}

fn ask(run: impl AsyncFn(u32) -> u32) -> impl Future<Output = u32> {
    async move { run(1).await }
}

fn main() {
    drop(handler(ready)(1));
    drop(ask(async |value| value));
}
