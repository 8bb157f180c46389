// edition:2024
use std::collections::HashMap;
use std::sync::Arc;

mod settings {
    pub struct Settings {
        pub limits: std::collections::HashMap<&'static str, u32>,
        pub cache: std::sync::Mutex<Vec<u32>>,
    }

    impl Settings {
        pub async fn limit(&self, name: &str) -> u32 {
            let limit = self.limits.get(name).copied().unwrap_or(1);
            self.cache.lock().unwrap().push(limit);
            limit
        }
    }
}
use settings::Settings;

async fn total(extra: u32) -> u32 {
    let settings = Arc::new(Settings {
    //  -------- belongs to this function
        limits: HashMap::from([("read", 3), ("write", 2)]),
        cache: Default::default(),
    });
    let read = rt::spawn({
        let settings = Arc::clone(&settings);
        async move { settings.limit("read").await }
    });
    //                   ^^^^^^^^^^^^^^^^^^^^^^ spawn_borrows_local
    let write = rt::spawn({
        let settings = Arc::clone(&settings);
        async move { settings.limit("write").await }
    });
    //                    ----------------------- and so does this task
    let sum = read.await + write.await + extra;
    println!("{} were asked for", settings.cache.lock().unwrap().len());
    sum
}

fn main() {
    println!("{}", rt::block_on(total(5)));
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
            self.0.lock().unwrap().take().map_or(Poll::Pending, Poll::Ready)
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
