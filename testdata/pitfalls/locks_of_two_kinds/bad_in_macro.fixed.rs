// edition:2021
// What a blocking lock gives is polled, in the arguments of a macro.
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

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

trait Polled: Future {
    fn poll_boxed(self, context: &mut Context<'_>) -> Poll<Self::Output>
    where
        Self: Sized,
    {
        Box::pin(self).as_mut().poll(context)
    }
}

impl<F: Future> Polled for F {}

macro_rules! ready {
    ($poll:expr) => {
        match $poll {
            Poll::Ready(value) => value,
            Poll::Pending => return Poll::Pending,
        }
    };
}

struct Shared {
    items: Arc<Mutex<Vec<u32>>>,
}

impl Future for Shared {
    type Output = usize;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<usize> {
        let items = ready!(self.items.lock().poll_boxed(context));
        //                      ^^^^^ locks_of_two_kinds
        Poll::Ready(items.len())
    }
}

async fn count(shared: Shared, other: Mutex<u32>) -> usize {
    shared.await + *other.lock().await as usize
}

fn main() {
    let shared = Shared { items: Arc::new(Mutex::new(vec![1, 2])) };
    println!("{}", block_on(count(shared, Mutex::new(1))));
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
