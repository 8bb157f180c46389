// edition:2021
// Both tasks are started before one is waited for.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Handle<T>(Option<T>);

impl<T: Unpin> Future for Handle<T> {
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        self.0.take().map_or(Poll::Pending, Poll::Ready)
    }
}

fn start(value: u32) -> Handle<u32> {
    println!("start {value}");
    Handle(Some(value))
}

pub async fn both() -> u32 {
    let left = start(1);
    //         ^^^^^^^^ missing_await
    let right = start(2);
    left.await + right.await
}

fn main() {}
