// edition:2021
use std::sync::mpsc;

#[derive(Clone)]
struct Out {
    tx: mpsc::Sender<u32>,
}

async fn run() -> u32 {
    let (tx, rx) = mpsc::channel();
    let out = Out { tx };
    //  --- there is only one
    let first = rt::spawn(async move {
    //                    ^^^^^^^^^^ moved_into_task
        out.tx.send(1).unwrap();
    });
    out.tx.send(2).unwrap();
//  ------ used again here
    first.await;
    let mut sum = 0;
    for x in rx {
        sum += x;
    }
    sum
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
