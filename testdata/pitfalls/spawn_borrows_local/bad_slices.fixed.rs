// edition:2021
async fn sum(part: &[u64]) -> u64 {
    part.iter().sum()
}

async fn len(text: &str) -> usize {
    text.len()
}

async fn run() -> u64 {
    let data = vec![1, 2, 3, 4, 5];
    //  ---- belongs to this function
    let mid = data.len() / 2;
    let part = data[..mid].to_owned();
    let a = rt::spawn(async move { sum(&part).await });
    let part = data[mid..].to_owned();
    //                ^^^^^^^^^^^^^^^^^ spawn_borrows_local
    let b = rt::spawn(async move { sum(&part).await });
    //                ----------------- and so does this task
    let text = String::from("  abc ");
    let text_value = text.trim().to_owned();
    //  ---- belongs to this function
    let c = rt::spawn(async move { len(&text_value).await });
    //                ^^^^^^^^^^^^^^^^ spawn_borrows_local
    a.await * 100 + b.await + c.await as u64
}

fn main() {
    println!("{}", rt::block_on(run()));
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
