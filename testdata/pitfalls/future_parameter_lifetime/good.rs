// edition:2021
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;

fn show<'a, T: Display + 'a>(value: T) -> Pin<Box<dyn Future<Output = String> + 'a>> {
    Box::pin(async move { value.to_string() })
}

// The value is used up before.
fn early<T: Display>(value: T) -> Pin<Box<dyn Future<Output = String>>> {
    let text = value.to_string();
    Box::pin(async move { text })
}

async fn plain<T: Display>(value: T) -> String {
    value.to_string()
}

fn main() {
    drop(show(&1));
    drop(early(&1));
    drop(plain(&1));
}
