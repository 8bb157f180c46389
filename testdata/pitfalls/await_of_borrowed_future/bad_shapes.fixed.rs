// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Handle(u32);

impl Future for Handle {
    type Output = u32;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        Poll::Ready(self.0)
    }
}

pub struct Worker {
    handle: Handle,
}

impl Worker {
    // It may be asked again, so the handle stays where it is.
    pub async fn wait(&mut self) -> u32 {
        let given = (&mut self.handle).await;
        //          ^^^^^^^^^^^ await_of_borrowed_future
        given
    }
}

pub async fn by_index(handles: Vec<Handle>) -> Vec<u32> {
    let mut values = Vec::new();
    for future in handles {
        values.push(future.await);
        //          ^^^^^^^^^^ await_of_borrowed_future
    }
    values
}

pub async fn by_method(handles: Vec<Handle>) -> u32 {
    let mut product = 1;
    for handle in handles {
        product *= handle.await;
        //         ^^^^^^ await_of_borrowed_future
    }
    product
}

pub async fn counted_twice(mut handles: Vec<Handle>) -> u32 {
    let mut sum = 0;
    for handle in &mut handles {
        sum += handle.await;
        //     ^^^^^^ await_of_borrowed_future
    }
    handles.clear();
    sum
}

fn main() {}
