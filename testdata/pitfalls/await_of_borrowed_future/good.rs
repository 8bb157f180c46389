// edition:2021
use std::future::Future;
use std::pin::Pin;

type Task = Pin<Box<dyn Future<Output = u32>>>;

pub async fn sum(tasks: Vec<Task>, mut others: Vec<Task>) -> u32 {
    let mut total = 0;
    for task in tasks {
        total += task.await;
    }
    for task in &mut others {
        total += task.await;
    }
    for task in others.iter_mut() {
        total += task.as_mut().await;
    }
    total
}

fn main() {}
