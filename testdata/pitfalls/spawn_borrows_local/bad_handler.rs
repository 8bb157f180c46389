// edition:2021
use std::future::Future;
use std::pin::Pin;

type Handler = Box<dyn Fn(u32) -> Pin<Box<dyn Future<Output = String>>>>;

fn handler(prefix: String) -> Handler {
    Box::new(|number| {
        //   ^^^^^^^^ spawn_borrows_local
        let prefix = prefix.clone();
        Box::pin(async move { format!("{prefix}{number}") })
    })
}

fn main() {
    println!("{}", rt::block_on(handler("no. ".to_string())(7)));
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn spawn<F>(future: F) -> std::thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        std::thread::spawn(move || block_on(future))
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
