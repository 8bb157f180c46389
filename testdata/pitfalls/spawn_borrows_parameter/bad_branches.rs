// edition:2021
fn start(name: &str) -> Vec<rt::Task<usize>> {
//       ---- belongs to the caller
    let mut tasks = Vec::new();
    #[cfg(not(any()))]
    tasks.push(rt::spawn(async move { name.len() })); // first
    //                   ^^^^^^^^^^ spawn_borrows_parameter
    if name.is_empty() {
        return tasks;
    }
    match name.len() {
        1 => tasks.push(rt::spawn(async move { name.len() + 1 })),
        //                        ---------- and so does this task
        n => {
            let label = &name[1..];
            tasks.push(rt::spawn(async move { label.len() + n }))
            //                   ---------- and so does this task
        }
    }
    tasks
}

fn main() {
    for t in start("abc") {
        println!("{}", rt::block_on(t));
    }
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
