// edition:2024
mod tracing {
    pub mod span {
        pub struct EnteredSpan(pub(super) std::marker::PhantomData<*mut ()>);

        impl Drop for EnteredSpan {
            fn drop(&mut self) {}
        }
    }

    pub struct Span;

    impl Span {
        pub fn entered(self) -> span::EnteredSpan {
            span::EnteredSpan(std::marker::PhantomData)
        }
    }
}

use tracing::span::EnteredSpan;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn answer(_id: u32) {}

struct Service {
    id: u32,
}

impl Service {
    async fn call(self) {
        let guard: EnteredSpan = tracing::Span.entered();
        //  ^^^^^ tracing_guard_across_await
        answer(self.id).await;
        //              ----- held at this await
        drop(guard);
        answer(self.id + 1).await;
    }
}

fn main() {
    spawn(Service { id: 7 }.call());
}
