// edition:2024
use std::fmt::Display;

struct Pool<T> {
    items: Vec<T>,
    label: &'static str,
}

impl<T: Display + Clone + Send + Sync + 'static> Pool<T> {
    async fn show(&self) -> Vec<String> {
    //            ----- belongs to the caller
        let mut tasks = vec![];
        for item in &self.items {
            let label = self.label;
            let item = item.clone();
            tasks.push(rt::spawn(async move { format!("{} {}", label, item) }));
            //                   ^^^^^^^^^^ spawn_borrows_self
        }
        let mut out = vec![];
        for t in tasks {
            out.push(t.await);
        }
        out
    }
}

fn main() {
    println!(
        "{:?}",
        rt::block_on(
            Pool {
                items: vec![1, 2],
                label: "n"
            }
            .show()
        )
    );
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{Pin, pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    pub struct Task<T>(Arc<Mutex<Option<T>>>);

    impl<T> Future for Task<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
            context.waker().wake_by_ref();
            self.0
                .lock()
                .unwrap()
                .take()
                .map_or(Poll::Pending, Poll::Ready)
        }
    }

    pub fn spawn<F>(future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let done = Arc::clone(&slot);
        std::thread::spawn(move || {
            let value = block_on(future);
            *done.lock().unwrap() = Some(value);
        });
        Task(slot)
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
