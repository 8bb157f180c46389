// edition:2021
use std::sync::atomic::{AtomicUsize, Ordering};

struct Server {
    name: String,
    served: AtomicUsize,
}

impl Server {
    async fn handle(&self, client: u32) -> String {
        self.served.fetch_add(1, Ordering::SeqCst);
        format!("{} serves {client}", self.name)
    }

    fn accept(&self, client: u32) -> rt::Task<String> {
    //        ----- belongs to the caller
        rt::spawn(async move { self.handle(client).await })
        //        ^^^^^^^^^^ spawn_borrows_self
    }
}

fn main() {
    let server = Server {
        name: "edge".to_string(),
        served: AtomicUsize::new(0),
    };
    for client in 1..=2 {
        println!("{}", rt::block_on(server.accept(client)));
    }
    println!("{} served", server.served.load(Ordering::SeqCst));
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
