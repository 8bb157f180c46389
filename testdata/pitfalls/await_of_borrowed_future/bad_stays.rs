// edition:2021
// The list is not the function's own, and to wait needs more than to look.
use std::future::Future;
use std::pin::Pin;

type Task = Pin<Box<dyn Future<Output = u32>>>;

pub async fn sum(tasks: &[Task]) -> u32 {
    let mut total = 0;
    for task in tasks.iter() {
        total += task.await;
        //       ^^^^ await_of_borrowed_future
    }
    total
}

fn main() {}
