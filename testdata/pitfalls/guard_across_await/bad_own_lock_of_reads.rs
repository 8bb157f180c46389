// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

mod sync {
    use std::ops::{Deref, DerefMut};

    // Its guard gives only a look at the value, so it is no mutex.
    pub struct Shared<T>(T);

    pub struct View<'a, T>(&'a T);

    impl<T> Shared<T> {
        pub fn new(value: T) -> Self {
            Shared(value)
        }

        pub async fn lock(&self) -> View<'_, T> {
            View(&self.0)
        }
    }

    impl<T> Deref for View<'_, T> {
        type Target = T;
        fn deref(&self) -> &T {
            self.0
        }
    }

    // Nor is this one: nobody waits for it.
    pub struct Own<T>(T);

    impl<T> Deref for Own<T> {
        type Target = T;
        fn deref(&self) -> &T {
            &self.0
        }
    }

    impl<T> DerefMut for Own<T> {
        fn deref_mut(&mut self) -> &mut T {
            &mut self.0
        }
    }

    impl<T> Own<T> {
        pub fn new(value: T) -> Self {
            Own(value)
        }
    }
}

async fn look(names: Arc<sync::Shared<Vec<String>>>) -> usize {
    names.lock().await.len()
}

async fn fetch(number: usize) -> String {
    number.to_string()
}

// Two short sections would not mean the same, and there is no lock to wait for.
async fn name(names: Arc<Mutex<Vec<String>>>) {
    let mut names = names.lock().unwrap();
    //  ^^^^^^^^^ guard_across_await
    let name = fetch(names.len()).await;
    //                            ----- still held at this await
    names.push(name);
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

fn main() {
    spawn(look(Arc::new(sync::Shared::new(Vec::new()))));
    spawn(name(Arc::default()));
    let mut own = sync::Own::new(1);
    *own += *own;
}
