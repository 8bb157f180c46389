// edition:2021
use std::future::Future;
use std::task::{Context, Poll};

/// Gives way some times.
struct Yield {
    left: u32,
}

impl Future for Yield {
    type Output = &'static str;

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<&'static str> {
//          ^^^^^^^^^ receiver_not_pinned
        if self.left == 0 {
            return Poll::Ready("done");
        }
        self.left -= 1;
        println!("{} left", self.left);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Ready when all others are.
struct Never;

impl Future for Never {
    type Output = u32;

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<u32> {
//          ^^^^^^^^^ receiver_not_pinned
        Poll::Ready(self.value())
    }
}

impl Never {
    fn value(&self) -> u32 {
        7
    }
}

fn main() {
    println!("{}", rt::block_on(Yield { left: 2 }));
    println!("{}", rt::block_on(Never));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }
}
