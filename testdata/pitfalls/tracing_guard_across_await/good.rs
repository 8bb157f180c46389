// edition:2021
use std::future::Future;

mod tracing {
    use std::future::Future;

    #[derive(Clone)]
    pub struct Span;
    pub struct Entered<'a>(#[allow(dead_code)] &'a Span, std::marker::PhantomData<*mut ()>);

    impl Drop for Entered<'_> {
        fn drop(&mut self) {}
    }

    impl Span {
        pub fn enter(&self) -> Entered<'_> {
            Entered(self, std::marker::PhantomData)
        }

        pub fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
            run()
        }
    }

    pub trait Instrument: Sized {
        fn instrument(self, _span: Span) -> Self {
            self
        }
    }

    impl<F: Future> Instrument for F {}

    pub fn info(_text: &str) {}
}

use tracing::Instrument;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn answer(_id: u32) {}

async fn scoped(span: tracing::Span) {
    {
        let _entered = span.enter();
        tracing::info("started");
    }
    answer(1).await;
    span.in_scope(|| tracing::info("done"));
}

async fn dropped(span: tracing::Span) {
    let entered = span.enter();
    tracing::info("started");
    drop(entered);
    answer(1).await;
}

fn work(span: &tracing::Span) {
    let _entered = span.enter();
    tracing::info("working");
}

fn main() {
    let span = tracing::Span;
    spawn(scoped(span.clone()));
    spawn(dropped(span.clone()));
    spawn(answer(1).instrument(span.clone()));
    std::thread::spawn(move || work(&span));
}
