// edition:2021
use std::collections::HashMap;

async fn fetch(map: &HashMap<String, u32>, key: &str) -> u32 {
    map.get(key).copied().unwrap_or(0)
}

async fn run(keys: &[&str]) -> u32 {
//           ---- belongs to the caller
    let map: HashMap<String, u32> = HashMap::from([("a".to_string(), 1), ("b".to_string(), 2)]);
    //  --- belongs to this function
    let mut tasks = Vec::new();
    for key in keys {
        let task = rt::spawn(async {
        //                   ^^^^^ spawn_borrows_local
            // looks it up
            fetch(&map, key).await
        });
        tasks.push(task);
    }
    let mut sum = 0;
    for t in tasks {
        sum += t.await;
    }
    sum
}

fn main() {
    println!("{}", rt::block_on(run(&["a", "b"])));
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
