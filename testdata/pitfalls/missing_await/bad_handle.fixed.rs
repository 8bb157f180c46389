// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

#[derive(Debug)]
pub struct Panicked;

// Stands for the handle of a task, which says whether the task has panicked.
pub struct JoinHandle<T>(Option<T>);

impl<T: Unpin> Future for JoinHandle<T> {
    type Output = Result<T, Panicked>;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.take().map_or(Poll::Pending, |value| Poll::Ready(Ok(value)))
    }
}

fn spawn<T>(value: T) -> JoinHandle<T> {
    JoinHandle(Some(value))
}

pub async fn sum() -> u32 {
    let left = spawn(1);
    //         ^^^^^^^^ missing_await
    let right = spawn(2);
    //          -------- another one
    left.await.unwrap() + right.await.unwrap()
}

pub async fn limit(text: &str) -> Result<usize, String> {
    let limit = spawn(text.parse::<usize>()).await.unwrap();
    //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing_await
    let limit = match limit {
        Ok(limit) => limit,
        Err(error) => return Err(error.to_string()),
    };
    Ok(limit + 1)
}

// Ported from threads.
pub async fn joined() -> u32 {
    let worker = spawn(3);
    //           ^^^^^^^^ missing_await
    worker.await.expect("no panic")
}

pub async fn shown() {
    let longest = spawn("ab").await.unwrap();
    //            ^^^^^^^^^^^ missing_await
    println!("longest {longest}");
}

fn main() {}
