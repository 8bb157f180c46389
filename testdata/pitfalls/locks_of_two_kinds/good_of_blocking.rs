// edition:2021
// Two kinds of locks side by side, each taken as it is; a guard is handed on.
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
    hits: std::sync::Mutex<u32>,
    wheel: Mutex<u32>,
}

impl Cache {
    async fn turn(&self, wheel: &mut MutexGuard<'_, u32>) {
        **wheel += 1;
    }

    async fn run(&self) -> u32 {
        *self.hits.lock().unwrap() += 1;
        let mut wheel = self.wheel.lock().await;
        self.turn(&mut wheel).await;
        *wheel
    }
}

fn main() {
    let cache = Cache { hits: std::sync::Mutex::new(0), wheel: Mutex::new(3) };
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
