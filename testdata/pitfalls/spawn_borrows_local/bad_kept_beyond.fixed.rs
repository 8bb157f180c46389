// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

struct Pool {
    name: String,
}

impl Pool {
    async fn connect(&self, number: u32) -> String {
        format!("{}{number}", self.name)
    }
}

fn all(pool: &Arc<Pool>) -> Vec<Pin<Box<dyn Future<Output = String>>>> {
    let mut futures: Vec<Pin<Box<dyn Future<Output = String>>>> = Vec::new();
    for number in 0..2 {
        let pool = Arc::clone(pool);
        futures.push(Box::pin(async move {
            //                ^^^^^ spawn_borrows_local
            pool.connect(number).await
        }));
    }
    futures
}

fn main() {
    let pool = Arc::new(Pool { name: "db".to_string() });
    for future in all(&pool) {
        println!("{}", rt::block_on(future));
    }
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
