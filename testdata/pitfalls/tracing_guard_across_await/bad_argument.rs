// edition:2021
use std::future::Future;

mod tracing {
    pub struct EnteredSpan(std::marker::PhantomData<*mut ()>);

    pub fn enter(_name: &str) -> EnteredSpan {
        EnteredSpan(std::marker::PhantomData)
    }
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// Ends the span.
async fn finish(_entered: tracing::EnteredSpan) {
//              ^^^^^^^^ tracing_guard_across_await
    leaf().await;
}

fn main() {
    spawn(async { finish(tracing::enter("request")).await });
}
