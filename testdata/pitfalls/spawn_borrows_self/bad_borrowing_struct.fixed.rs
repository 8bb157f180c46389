// edition:2021
#[derive(Clone)]
struct Config {
    name: String,
    limit: u32,
}

struct Worker<'a> {
    config: &'a Config,
    tag: &'a str,
}

impl<'a> Worker<'a> {
    fn start(&self) -> rt::Task<String> {
    let config = self.config.clone();
    let tag = self.tag.to_owned();
    //       ----- belongs to the caller
        rt::spawn(async move { format!("{} {} {}", config.name, config.limit, tag) })
        //        ^^^^^^^^^^ spawn_borrows_self
    }
}

fn main() {
    let config = Config {
        name: "a".into(),
        limit: 3,
    };
    println!(
        "{}",
        rt::block_on(
            Worker {
                config: &config,
                tag: "t"
            }
            .start()
        )
    );
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
