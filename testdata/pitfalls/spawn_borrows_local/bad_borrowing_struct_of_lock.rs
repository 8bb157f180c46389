// edition:2021
use std::sync::Mutex;

// What it refers to is there once: a copy would count for itself.
struct Visit<'v> {
    page: &'v str,
    counts: &'v Mutex<Vec<String>>,
}

impl Visit<'_> {
    async fn note(self) {
        self.counts.lock().unwrap().push(self.page.to_string());
    }
}

async fn visit_all(pages: String) -> usize {
    //             ----- belongs to this function
    let counts = Mutex::new(Vec::new());
    //  ------ belongs to this function
    let mut tasks = Vec::new();
    for page in pages.split(' ') {
        let visit = Visit { page, counts: &counts };
        tasks.push(rt::spawn(visit.note()));
        //                   ^^^^^^^^^^^^ spawn_borrows_local
    }
    for task in tasks {
        task.await;
    }
    let count = counts.lock().unwrap().len();
    count
}

fn main() {
    println!("{}", rt::block_on(visit_all("a b c".to_string())));
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
