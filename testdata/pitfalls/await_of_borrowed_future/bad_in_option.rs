// edition:2021
use std::future::Future;
use std::pin::Pin;

type Task = Pin<Box<dyn Future<Output = u32>>>;

pub struct Worker {
    task: Option<Task>,
}

impl Worker {
    pub async fn wait(&mut self) -> u32 {
        match &self.task {
            Some(task) => task.await,
            //            ^^^^ await_of_borrowed_future
            None => 0,
        }
    }
}

pub async fn first(task: Option<Task>) -> u32 {
    if let Some(task) = &task {
        return task.await;
        //     ^^^^ await_of_borrowed_future
    }
    1
}

fn main() {}
