// edition:2021
// A field of the parameter's type is changed: the type may move only where that may.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Sum<T, F> {
    total: Option<T>,
    next: Vec<F>,
    tag: Box<T>,
}

impl<T, F> Future for Sum<T, F>
where
    T: std::ops::Add<Output = T> + Clone,
    F: Future<Output = T> + Unpin,
{
    type Output = T;

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<T> {
//          ^^^^^^^^^ receiver_not_pinned
        while let Some(first) = self.next.last_mut() {
            let Poll::Ready(value) = Pin::new(first).poll(cx) else {
                return Poll::Pending;
            };
            self.next.pop();
            self.total = match self.total.take() {
                Some(total) => Some(total + value),
                None => Some(value),
            };
        }
        Poll::Ready(self.total.take().unwrap_or_else(|| (*self.tag).clone()))
    }
}

fn main() {
    let next = vec![std::future::ready(1), std::future::ready(2)];
    println!("{}", rt::block_on(Sum { total: None, next, tag: Box::new(0) }));
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
