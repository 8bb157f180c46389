// edition:2021
// Methods by pin and by reference, each as its trait has it.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

trait Source {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<u32>;
}

struct Counter(u32);

impl Source for Counter {
    fn poll(&mut self, _: &mut Context<'_>) -> Poll<u32> {
        self.0 += 1;
        Poll::Ready(self.0)
    }
}

impl Future for Counter {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        Source::poll(&mut *self, cx)
    }
}

fn main() {
    drop(Counter(0));
}
