// edition:2021
// A type that is around the lock is asked for a method that only an async lock has.
use lock::Mutex;
use std::ops::Deref;

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

impl<T> lock::Mutex<T> {
    fn blocking_lock(&self) -> lock::MutexGuard<'_, T> {
        block_on(self.lock())
    }
}

struct Links(Mutex<Vec<u32>>);

impl Deref for Links {
    type Target = Mutex<Vec<u32>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

async fn add(links: &Links) {
    links.lock().await.push(1);
}

fn count(links: &Links) -> usize {
    links.blocking_lock().len()
//  ^^^^^ locks_of_two_kinds
}

fn main() {
    let links = Links(Mutex::new(Vec::new()));
    block_on(add(&links));
    println!("{}", count(&links));
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
