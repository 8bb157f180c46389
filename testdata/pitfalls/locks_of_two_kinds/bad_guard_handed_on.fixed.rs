// edition:2021
// The guard of a blocking lock goes where the guard of an async one is asked for.
use lock::{Mutex, MutexGuard};

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

struct Cache {
    queues: Mutex<Vec<u32>>,
    wheel: Mutex<u32>,
}

impl Cache {
    async fn evict(&self, queues: &mut MutexGuard<'_, Vec<u32>>) {
        queues.pop();
    }

    async fn run(&self) -> u32 {
        let mut queues = self.queues.lock().await;
        //               ^^^^^^^^^^^ locks_of_two_kinds
        let wheel = self.wheel.lock().await;
        self.evict(&mut queues).await;
        queues.len() as u32 + *wheel
    }
}

fn main() {
    let cache = Cache { queues: Mutex::new(vec![1, 2]), wheel: Mutex::new(3) };
    println!("{}", block_on(cache.run()));
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
