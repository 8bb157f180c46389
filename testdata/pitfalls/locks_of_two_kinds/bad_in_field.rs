// edition:2021
// A field has the blocking lock; what makes it and what takes it use the async one.
use std::sync::Arc;

use lock::Mutex;

mod lock {
    use std::cell::UnsafeCell;
    use std::ops::{Deref, DerefMut};

    pub struct Mutex<T>(UnsafeCell<T>);

    unsafe impl<T: Send> Sync for Mutex<T> {}

    pub struct MutexGuard<'a, T>(&'a Mutex<T>);

    impl<T> Mutex<T> {
        pub fn new(value: T) -> Self {
            Self(UnsafeCell::new(value))
        }

        pub async fn lock(&self) -> MutexGuard<'_, T> {
            MutexGuard(self)
        }
    }

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;

        fn deref(&self) -> &T {
            unsafe { &*self.0 .0.get() }
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            unsafe { &mut *self.0 .0.get() }
        }
    }
}

struct Queue {
    names: Arc<std::sync::Mutex<Vec<String>>>,
}

impl Queue {
    fn new(names: Arc<Mutex<Vec<String>>>) -> Self {
        Self { names }
    }

    async fn add(&self, name: &str) -> usize {
        let mut names = self.names.lock().await;
    //                  ^^^^^^^^^^ locks_of_two_kinds
        names.push(name.to_string());
        names.len()
    }
}

async fn count(names: &Mutex<Vec<String>>) -> usize {
    names.lock().await.len()
}

fn main() {
    let names = Arc::new(Mutex::new(Vec::new()));
    let queue = Queue::new(names.clone());
    println!("{}", block_on(queue.add("a")) + block_on(count(&names)));
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
