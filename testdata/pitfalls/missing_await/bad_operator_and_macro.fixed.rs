// edition:2021
use std::future::Future;
use std::ops::{Deref, DerefMut};

// Stands for the lock of a runtime.
pub struct Lock<T>(T);
pub struct Held<'a, T>(&'a mut T);

impl<T> Lock<T> {
    pub async fn lock(&mut self) -> Held<'_, T> {
        Held(&mut self.0)
    }
}

impl<T> Deref for Held<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0
    }
}

impl<T> DerefMut for Held<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0
    }
}

fn spawn(count: u32) -> impl Future<Output = u32> {
    async move { count }
}

pub async fn day(shared: &mut Lock<u32>) -> u32 {
    let mut tellers = Vec::new();
    for count in [1, 2, 3] {
        tellers.push(spawn(count));
    }
    let mut total = 0;
    for teller in tellers {
        total += teller.await;
        //       ^^^^^^ missing_await
    }
    println!("{} of {}", total, *shared.lock().await);
    //                           ^^^^^^^^^^^^^ missing_await
    total
}

fn main() {}
