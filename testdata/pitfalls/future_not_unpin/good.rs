// edition:2021
use std::future::{ready, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

struct Select<A, B>(A, B);

impl<T, A: Future<Output = T> + Unpin, B: Future<Output = T> + Unpin> Future for Select<A, B> {
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        match Pin::new(&mut self.0).poll(cx) {
            Poll::Pending => Pin::new(&mut self.1).poll(cx),
            value => value,
        }
    }
}

async fn count(limit: u32) -> u32 {
    limit
}

// Pinned on the stack, and awaited by reference.
async fn pinned() -> u32 {
    let mut job = pin!(count(4));
    (&mut job).await
}

// What is `Unpin` needs no pin.
async fn unpin() -> u32 {
    let mut job = ready(5);
    (&mut job).await
}

async fn boxed() -> u32 {
    let jobs = vec![Box::pin(count(1)), Box::pin(count(2))];
    let mut sum = 0;
    for job in jobs {
        sum += job.await;
    }
    sum + Select(Box::pin(count(3)), pin!(count(4))).await
}

fn poll_once<F: Future + Unpin>(mut future: F) -> bool {
    let mut cx = Context::from_waker(Waker::noop());
    Pin::new(&mut future).poll(&mut cx).is_ready()
}

fn main() {
    println!("{}", poll_once(Box::pin(pinned())));
    println!("{}", poll_once(pin!(unpin())));
    println!("{}", poll_once(Box::pin(boxed())));
}
