// edition:2021
use std::sync::Arc;
use std::sync::Mutex;

struct Bus {
    subs: Mutex<Vec<String>>,
    name: String,
}

impl Bus {
    fn new(name: &str) -> Self {
        Bus {
            subs: Mutex::new(vec![]),
            name: name.into(),
        }
    }
    async fn deliver(&self, msg: &str) -> usize {
        self.subs
            .lock()
            .unwrap()
            .push(format!("{}:{msg}", self.name));
        self.subs.lock().unwrap().len()
    }
    async fn publish_all(self: &Arc<Self>, msgs: &[&str]) -> usize {
    //                   ----- belongs to the caller
    //                          ---- belongs to the caller
        let mut tasks = Vec::new();
        for msg in msgs {
            let text = msg.to_string();
            let bus = Arc::clone(self);
            tasks.push(rt::spawn(async move { bus.deliver(&text).await }));
            //                   ^^^^^^^^^^ spawn_borrows_self
        }
        let mut max = 0;
        for t in tasks {
            max = max.max(t.await);
        }
        max
    }
    async fn run(self: &Arc<Self>) -> usize {
        self.publish_all(&["a", "b"]).await
    }
}

fn main() {
    let bus = Arc::new(Bus::new("x"));
    let n = rt::block_on(async { bus.run().await });
    println!("{n} {}", bus.subs.lock().unwrap().len());
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
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
