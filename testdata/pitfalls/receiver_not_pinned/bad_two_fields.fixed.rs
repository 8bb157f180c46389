// edition:2024
// Two fields are borrowed at once, which a pin does not give: the body takes a reference.
use std::pin::Pin;
use std::task::{Context, Poll};

mod drain {
    pub struct Drain<T> {
        pub from: Vec<T>,
        pub into: Vec<T>,
        pub turns: std::collections::VecDeque<usize>,
    }
}

impl<T: Copy + Unpin> Future for drain::Drain<T> {
    type Output = Vec<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
let this = self.get_mut();
//          ^^^^^^^^^ receiver_not_pinned
        let Some(turn) = this.turns.pop_front() else {
            return Poll::Ready(std::mem::take(&mut this.into));
        };
        for one in this.from.iter().take(turn) {
            this.into.push(*one);
        }
        note(this);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

fn note<T>(drain: &mut drain::Drain<T>) {
    println!("{} of {}", drain.into.len(), drain.from.len());
}

fn main() {
    let drain = drain::Drain { from: vec![1, 2, 3], into: vec![], turns: [1, 2].into() };
    println!("{:?}", rt::block_on(drain));
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
