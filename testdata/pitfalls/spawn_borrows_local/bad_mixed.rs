// edition:2021
use std::sync::Arc;

struct Db {
    url: String,
}

impl Db {
    async fn put(&self, k: &str, v: u32) -> String {
        format!("{}/{k}={v}", self.url)
    }
}

async fn load(db: Arc<Db>, prefix: &str, keys: Vec<String>) -> Vec<String> {
//            -- belongs to this function
//                         ------ belongs to the caller
//                                       ---- belongs to this function
    let suffix = format!("-{}", keys.len());
    let mut handles = Vec::with_capacity(keys.len());
    for (i, key) in keys.iter().enumerate() {
        handles.push(rt::spawn(async {
        //                     ^^^^^ spawn_borrows_local
            let full = format!("{prefix}{key}{suffix}");
            db.put(&full, i as u32).await
        }));
    }
    let mut out = vec![];
    for h in handles {
        out.push(h.await);
    }
    out
}

fn main() {
    let db = Arc::new(Db { url: "db".into() });
    println!(
        "{:?}",
        rt::block_on(load(db.clone(), "p-", vec!["a".into(), "b".into()]))
    );
    println!("{}", db.url);
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
