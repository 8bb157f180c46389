// edition:2024
#[derive(Clone)]
struct Client {
    base: String,
}

impl Client {
    async fn get(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }

    async fn get_all(&self, paths: Vec<String>) -> Vec<String> {
    //               ----- belongs to the caller
        let mut tasks = Vec::new();
        for path in paths {
            tasks.push(rt::spawn(async move { self.get(&path).await }));
            //                   ^^^^^^^^^^ spawn_borrows_self
        }
        let mut pages = Vec::new();
        for task in tasks {
            pages.push(task.await);
        }
        pages
    }
}

fn main() {
    let client = Client {
        base: "api".to_string(),
    };
    let paths = vec!["a".to_string(), "b".to_string()];
    println!("{:?}", rt::block_on(client.get_all(paths)));
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
