// edition:2021
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, RwLock};

async fn count(line: &'static str, total: &AtomicUsize, words: &Mutex<BTreeMap<String, u32>>) {
    for word in line.split(' ') {
        total.fetch_add(1, Ordering::Relaxed);
        *words.lock().unwrap().entry(word.to_string()).or_default() += 1;
    }
}

async fn longest(lines: &[&'static str]) -> (usize, BTreeMap<String, u32>, Vec<&'static str>) {
    let total = Arc::new(AtomicUsize::new(0));
    //  ----- belongs to this function
    let words = Arc::new(Mutex::new(BTreeMap::new()));
    //  ----- belongs to this function
    let done = Arc::new(RwLock::new(Vec::new()));
    //  ---- belongs to this function
    let mut tasks = Vec::new();
    for &line in lines {
        let total = Arc::clone(&total);
        let words = Arc::clone(&words);
        let done = Arc::clone(&done);
        tasks.push(rt::spawn(async move {
            //               ^^^^^ spawn_borrows_local
            let line = line.trim();
            count(line, &total, &words).await;
            done.write().unwrap().push(line);
        }));
    }
    for task in tasks {
        task.await;
    }
    let words = std::mem::take(&mut *words.lock().expect("no task fails"));
    (total.load(Ordering::SeqCst), words, { let mut done = done.write().unwrap(); std::mem::take(&mut *done) })
}

fn main() {
    let (total, words, mut done) = rt::block_on(longest(&["to be or", " not to be "]));
    done.sort();
    println!("{total} {words:?} {done:?}");
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
