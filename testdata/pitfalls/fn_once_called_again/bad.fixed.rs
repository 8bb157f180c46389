// edition:2021
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

async fn retry<T, Op, Fut>(tries: u32, mut op: Op) -> Option<T>
where
    Op: FnMut(u32) -> Fut,
    //  ^^^^^^^^^^^^^^^^^^ fn_once_called_again
    Fut: Future<Output = Option<T>>,
{
    for attempt in 0..tries {
        if let Some(value) = op(attempt).await {
            //               -- called here, and wanted again
            return Some(value);
        }
    }
    None
}

// Hands the operation on, and has to be bound alike.
async fn retry_often<T, Fut: Future<Output = Option<T>>>(op: impl FnMut(u32) -> Fut) -> Option<T> {
    retry(8, op).await
}

async fn twice<Fut: Future<Output = u32>>(mut op: impl FnMut(u32) -> Fut) -> u32 {
    //                                             ^^^^^^^^^^^^^^^^^^ fn_once_called_again
    let first = op(1).await;
    first + op(2).await
}

async fn until<F: FnMut(u32) -> bool>(mut is_done: F) -> u32 {
    //            ^^^^^^^^^^^^^^^^^^^ fn_once_called_again
    let mut turns = 0;
    while !is_done(turns) {
        turns = next(turns).await;
    }
    turns
}

async fn next(turns: u32) -> u32 {
    turns + 1
}

// What is called by a shared reference cannot change anything.
struct Source<F> {
    make: F,
}

impl<Make, Fut> Source<Make>
where
    Make: Fn(u32) -> Fut,
    //    ^^^^^^^^^^^^^^^^^^ fn_once_called_again
    Fut: Future<Output = u32>,
{
    async fn get(&self, id: u32) -> u32 {
        (self.make)(id).await
    }
}

async fn by_reference<Make, Fut>(make: &Make) -> u32
where
    Make: Fn(u32) -> Fut,
    //    ^^^^^^^^^^^^^^^^^^ fn_once_called_again
    Fut: Future<Output = u32>,
{
    make(1).await
}

fn run<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

async fn even(attempt: u32) -> Option<u32> {
    (attempt > 0 && attempt % 2 == 0).then_some(attempt)
}

fn main() {
    let mut calls = 0;
    let counted = retry(4, |attempt| {
        calls += 1;
        even(attempt)
    });
    println!("{:?}", run(counted));
    println!("{:?} {calls}", run(retry_often(even)));
    println!("{}", run(twice(|id| async move { id * 10 })));
    println!("{}", run(until(|turns| turns > 3)));
    let source = Source { make: |id| async move { id + 1 } };
    println!("{}", run(source.get(4)));
    println!("{}", run(by_reference(&source.make)));
}
