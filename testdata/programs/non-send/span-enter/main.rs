mod trace {
    use std::marker::PhantomData;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static DEPTH: AtomicUsize = AtomicUsize::new(0);

    pub struct Span(&'static str);

    pub struct Entered<'a> {
        span: &'a Span,
        _not_send: PhantomData<*mut ()>,
    }

    pub fn span(name: &'static str) -> Span {
        Span(name)
    }

    impl Span {
        pub fn enter(&self) -> Entered<'_> {
            DEPTH.fetch_add(1, Ordering::SeqCst);
            Entered { span: self, _not_send: PhantomData }
        }
    }

    impl Entered<'_> {
        pub fn event(&self, text: &str) {
            println!("{}: {}", self.span.0, text);
        }
    }

    impl Drop for Entered<'_> {
        fn drop(&mut self) {
            DEPTH.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn validate(order: &str) -> Result<u32, String> {
    order.trim_start_matches('#').parse().map_err(|err| format!("{order}: {err}"))
}

async fn reserve(id: u32) -> u32 {
    id % 100
}

async fn place_order(order: &'static str) -> Result<u32, String> {
    let span = trace::span("order");
    let entered = span.enter();
    entered.event("validating");
    let id = validate(order)?;
    entered.event("valid");
    let shelf = reserve(id).await;
    Ok(shelf)
}

fn main() {
    for order in ["#1204", "#12o4"] {
        let placed = shop::spawn(place_order(order));
        match placed.join().unwrap() {
            Ok(shelf) => println!("shelf {shelf}"),
            Err(err) => println!("rejected {err}"),
        }
    }
}

mod shop {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }
}
