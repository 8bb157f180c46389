// edition:2021
use std::sync::Arc;

async fn check(config: &str, user: &str) -> String {
    format!("{user}: {config}")
}

// Awaited here, the future may borrow.
async fn in_place() -> usize {
    let config = String::from("default");
    let first = check(&config, "a").await;
    let second = async { check(&config, "b").await.len() }.await;
    first.len() + second
}

async fn owned(users: Vec<String>) {
    let config = Arc::new(String::from("default"));
    for user in users {
        let config = Arc::clone(&config);
        let task = rt::spawn(async move { check(&config, &user).await });
        println!("{}", task.await);
    }
    println!("{config}");
}

// A scope waits for its threads, so they may borrow.
fn scoped() -> u32 {
    let numbers = vec![1, 2, 3, 4];
    std::thread::scope(|scope| {
        let threads: Vec<_> = numbers
            .chunks(2)
            .map(|part| scope.spawn(move || part.iter().sum::<u32>()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}

fn main() {
    rt::block_on(owned(vec!["ada".to_string()]));
    println!("{} {}", rt::block_on(in_place()), scoped());
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
