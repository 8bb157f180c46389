// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn join<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    (a.await, b.await)
}

// Stands for the macro of a runtime.
macro_rules! join_both {
    ($a:expr, $b:expr) => {
        join($a, $b).await
    };
}

async fn load(id: u32) -> u32 {
    id + 1
}

pub async fn start() {
    spawn(load(1).await);
    //    ^^^^^^^^^^^^^ awaited_too_early
}

pub async fn both() -> u32 {
    let (a, b) = join(load(1).await, load(2).await).await;
    //                ^^^^^^^^^^^^^ awaited_too_early
    //                               ------------- and here
    a + b
}

pub async fn by_macro() -> u32 {
    let (a, b) = join_both!(load(1).await, load(2).await);
    //                      ^^^^^^^^^^^^^ awaited_too_early
    a + b
}

fn main() {}
