// edition:2021
use std::future::Future;
use std::pin::Pin;

type Task = Pin<Box<dyn Future<Output = u32>>>;

fn start(value: u32) -> Task {
    Box::pin(async move { value })
}

pub async fn sum() -> u32 {
    let tasks = vec![start(1), start(2)];
    let mut total = 0;
    for task in &tasks {
        total += task.await;
        //       ^^^^ await_of_borrowed_future
    }
    total
}

fn main() {}
