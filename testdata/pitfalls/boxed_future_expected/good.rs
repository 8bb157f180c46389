// edition:2021
use std::future::Future;
use std::pin::Pin;

type Answer = Pin<Box<dyn Future<Output = u32>>>;
type Handler = Box<dyn Fn(u32) -> Answer>;

async fn double(number: u32) -> u32 {
    number * 2
}

fn handler<F, Fut>(function: F) -> Handler
where
    F: Fn(u32) -> Fut + 'static,
    Fut: Future<Output = u32> + 'static,
{
    Box::new(move |number| Box::pin(function(number)))
}

fn all() -> Vec<Handler> {
    vec![
        handler(double),
        handler(|number| async move { number }),
        Box::new(|number| Box::pin(double(number))),
    ]
}

fn main() {
    for handler in all() {
        drop(handler(1));
    }
}
