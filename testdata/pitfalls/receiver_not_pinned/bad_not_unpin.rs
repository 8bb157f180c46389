// edition:2021
// The type says that it does not move while it is pinned: no plain reference is to be had.
use std::future::Future;
use std::marker::PhantomPinned;
use std::task::{Context, Poll};

struct Count {
    polled: u32,
    _pinned: PhantomPinned,
}

impl Future for Count {
    type Output = u32;

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<u32> {
//          ^^^^^^^^^ receiver_not_pinned
        self.polled += 1;
        Poll::Ready(self.polled)
    }
}

fn main() {
    drop(Count { polled: 0, _pinned: PhantomPinned });
}
