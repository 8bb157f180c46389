// edition:2024
use std::pin::Pin;

fn later(number: u32) -> impl Future<Output = u32> {
    async move { number }
}

pub fn boxed<F: IntoFuture<Output = u32, IntoFuture: 'static>>(future: F) -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(future.into_future())
}

fn main() {
    drop(later(1));
}
