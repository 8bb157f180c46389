// edition:2021
use std::future::Future;

mod tracing {
    pub struct Span;
    pub struct Entered<'a>(#[allow(dead_code)] &'a Span, std::marker::PhantomData<*mut ()>);

    impl Drop for Entered<'_> {
        fn drop(&mut self) {}
    }

    impl Span {
        pub fn enter(&self) -> Entered<'_> {
            Entered(self, std::marker::PhantomData)
        }
    }

    pub fn info(_text: &str) {}
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn answer(_id: u32) {}

fn handle(id: u32) {
    spawn(async move {
        let span = tracing::Span;
        let _entered = span.enter();
        //  ^^^^^^^^ tracing_guard_across_await
        tracing::info("started");
        answer(id).await;
        //         ----- held at this await
        tracing::info("done");
    });
}

fn main() {
    handle(7);
}
