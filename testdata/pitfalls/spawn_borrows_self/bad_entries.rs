// edition:2024
use std::collections::BTreeMap;

struct Index {
    words: BTreeMap<String, Vec<u32>>,
}

async fn count(list: &Vec<u32>, min: u32) -> usize {
    list.iter().filter(|n| **n >= min).count()
}

impl Index {
    async fn stats(&self, min: u32) -> Result<Vec<(String, usize)>, String> {
    //             ----- belongs to the caller
        let mut open = Vec::new();
        for (word, list) in &self.words {
            if list.is_empty() {
                return Err(format!("{word} is empty"));
            }
            open.push((word, rt::spawn(count(list, min))));
            //                         ^^^^^^^^^^^^^^^^ spawn_borrows_self
        }
        let mut out = Vec::new();
        for (word, task) in open {
            out.push((word.clone(), task.await));
        }
        Ok(out)
    }
}

fn main() {
    let index = Index {
        words: BTreeMap::from([("a".to_string(), vec![1, 5]), ("b".to_string(), vec![7])]),
    };
    println!("{:?}", rt::block_on(index.stats(4)));
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{Pin, pin};
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
