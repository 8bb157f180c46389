// edition:2021
use std::sync::Arc;

struct Server {
    name: String,
    port: u32,
}

impl Server {
    async fn handle(&self, client: u32) -> String {
        format!("{} serves {client}", self.name)
    }

    fn accept(self: &Arc<Self>, client: u32) -> rt::Task<String> {
        let server = Arc::clone(self);
        rt::spawn(async move { server.handle(client).await })
    }

    fn probe(&self) -> rt::Task<u32> {
        let port = self.port;
        rt::spawn(async move { port + 1 })
    }

    fn run(self) -> rt::Task<String> {
        rt::spawn(async move { self.handle(0).await })
    }
}

fn main() {
    let server = Arc::new(Server {
        name: "edge".to_string(),
        port: 80,
    });
    println!("{}", rt::block_on(server.accept(1)));
    println!("{}", rt::block_on(server.probe()));
    let other = Server {
        name: "core".to_string(),
        port: 81,
    };
    println!("{}", rt::block_on(other.run()));
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
