// edition:2021
use std::collections::BTreeMap;

async fn report(prices: BTreeMap<String, u32>, twice: bool) -> Vec<u32> {
//              ------ there is only one
    let mut tasks = Vec::new();
    if twice {
        let prices = prices.clone();
        tasks.push(rt::spawn(async move {
        //                   ^^^^^^^^^^ moved_into_task
            // All of them.
            prices.values().sum::<u32>()
        }));
    }
    tasks.push(rt::spawn(async move { prices.len() as u32 }));
    //                   ---------- and so does this task
    //                   ---------------------------------- used again here
    let mut result = Vec::new();
    for task in tasks {
        result.push(task.await);
    }
    result
}

fn main() {
    let prices = BTreeMap::from([("tea".to_string(), 3)]);
    println!("{:?}", rt::block_on(report(prices, true)));
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
