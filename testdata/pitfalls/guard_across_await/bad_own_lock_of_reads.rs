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

    // By default this one is locked for ever, so a lock with a default does not become one.
    #[derive(Default)]
    pub struct Turn<T>(std::sync::Mutex<Option<T>>);

    pub struct Mine<'a, T>(&'a Turn<T>, Option<T>);

    impl<T> Turn<T> {
        pub fn new(value: T) -> Self {
            Turn(std::sync::Mutex::new(Some(value)))
        }

        pub async fn lock(&self) -> Mine<'_, T> {
            loop {
                let value = self.0.lock().unwrap().take();
                if value.is_some() {
                    return Mine(self, value);
                }
                super::pause().await;
            }
        }
    }

    impl<T> Deref for Mine<'_, T> {
        type Target = T;
        fn deref(&self) -> &T {
            self.1.as_ref().unwrap()
        }
    }

    impl<T> DerefMut for Mine<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            self.1.as_mut().unwrap()
        }
    }

    impl<T> Drop for Mine<'_, T> {
        fn drop(&mut self) {
            *self.0 .0.lock().unwrap() = self.1.take();
        }
    }

    // Nor is this one a mutex: nobody waits for it.
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

async fn pause() {}

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
    spawn(async {
        let turn = sync::Turn::new(1);
        *turn.lock().await += 1;
    });
    let mut own = sync::Own::new(1);
    *own += *own;
}
