// edition:2021
use std::sync::Mutex;
use std::time::{Duration, Instant};

async fn note(number: u32, notes: &Mutex<Vec<u32>>) {
    notes.lock().unwrap().push(number);
}

// One of them is not waited for, and what it adds may come too late.
async fn all_but_one() -> Vec<u32> {
    let notes = Mutex::new(Vec::new());
    //  ----- belongs to this function
    let mut tasks = Vec::new();
    for number in 0..3 {
        tasks.push(rt::spawn(async {
            //               ^^^^^ spawn_borrows_local
            let now = number;
            note(now, &notes).await;
        }));
    }
    let last = tasks.pop();
    for task in tasks {
        task.await;
    }
    drop(last);
    notes.into_inner().unwrap()
}

// Only the first of them is waited for.
async fn first_notes() -> Vec<u32> {
    let notes = Mutex::new(Vec::new());
    //  ----- belongs to this function
    let mut tasks = Vec::new();
    for number in 0..3 {
        tasks.push(rt::spawn(async {
            //               ^^^^^ spawn_borrows_local
            let now = number;
            note(now, &notes).await;
        }));
    }
    let start = Instant::now();
    for task in tasks {
        task.await;
        if start.elapsed() < Duration::from_secs(1) {
            break;
        }
    }
    notes.into_inner().unwrap()
}

fn main() {
    println!("{}", rt::block_on(first_notes()).is_empty());
    println!("{}", rt::block_on(all_but_one()).is_empty());
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
