// edition:2021
// A module imports the blocking lock; all that it takes there is unpacked.
use std::sync::Arc;

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

mod store {
    use crate::lock::Mutex;
    use std::sync::Arc;

    pub struct Store {
        pub(crate) state: Arc<Mutex<u32>>,
    }

    impl Store {
        pub async fn add(&self) {
            *self.state.lock().await += 1;
        }

        pub fn shared(&self) -> Shared {
            Shared { state: self.state.clone() }
        }
    }

    pub struct Shared {
        state: Arc<Mutex<u32>>,
    }

    impl Shared {
        pub async fn get(&self) -> u32 {
            let Self { state } = self;
            let held = state.lock().await;
            *held
        }
    }
}

async fn run(state: Arc<crate::lock::Mutex<u32>>) -> u32 {
    let store = store::Store { state };
    //                         ^^^^^ locks_of_two_kinds
    store.add().await;
    store.shared().get().await
}

fn main() {
    println!("{}", block_on(run(Arc::new(crate::lock::Mutex::new(1)))));
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
