// edition:2021
use std::fmt::Debug;

async fn show<T: Debug>(values: &[T], label: &'static str) -> String {
    format!("{label} {values:?}")
}

fn show_all<T>(groups: &[Vec<T>]) -> Vec<String>
//             ------ belongs to the caller
where
    T: Debug + Clone + Send + Sync + 'static,
{
    let mut tasks = Vec::new();
    for group in groups {
        tasks.push(rt::spawn(async move { show(group, "group").await }));
        //                   ^^^^^^^^^^ spawn_borrows_slice
    }
    tasks.into_iter().map(rt::block_on).collect()
}

fn main() {
    println!("{:?}", show_all(&[vec![1, 2], vec![3]]));
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
