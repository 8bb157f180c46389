// edition:2021
async fn length(text: &str) -> usize {
    text.len()
}

fn of_static(text: &'static str) -> rt::Task<usize> {
    rt::spawn(length(text))
}

fn of_owned(text: &str) -> rt::Task<usize> {
    let text = text.to_owned();
    rt::spawn(async move { length(&text).await })
}

fn of_number(text: &str) -> rt::Task<usize> {
    let doubled = text.len() * 2;
    rt::spawn(async move { doubled })
}

async fn waits(text: &str) -> usize {
    let own = rt::spawn(async { 1 });
    length(text).await + own.await
}

fn main() {
    println!("{}", rt::block_on(of_static("abc")));
    println!("{}", rt::block_on(of_owned("abc")));
    println!("{}", rt::block_on(of_number("abc")));
    println!("{}", rt::block_on(waits("abc")));
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
