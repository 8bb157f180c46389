// edition:2021
use std::collections::BTreeSet;

#[derive(Default)]
struct Index {
    stop: BTreeSet<String>,
    seen: usize,
}

async fn words(text: String, stop: &BTreeSet<String>) -> usize {
    text.split(' ').filter(|word| !stop.contains(*word)).count()
}

impl Index {
    async fn count(&mut self, texts: Vec<String>) -> usize {
        //         --------- belongs to the caller
        let mut tasks = Vec::new();
        for text in texts {
            tasks.push(rt::spawn(words(text, &self.stop)));
            //                   ^^^^^^^^^^^^^^^^^^^^^^^ spawn_borrows_self
        }
        // Whether the tasks see this is not for a clone to decide.
        self.stop.insert("sea".to_string());
        let mut sum = 0;
        for task in tasks {
            sum += task.await;
            self.seen += 1;
        }
        sum
    }
}

fn main() {
    let mut index = Index::default();
    let texts = vec!["the sea".to_string(), "a ship".to_string()];
    println!("{}", rt::block_on(index.count(texts)));
    println!("{} {}", index.seen, index.stop.len());
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
