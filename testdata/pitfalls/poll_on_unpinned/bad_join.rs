// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Join<A: Future, B: Future> {
    a: A,
    b: B,
    from_a: Option<A::Output>,
    from_b: Option<B::Output>,
}

impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.from_a.is_none() {
            if let Poll::Ready(value) = this.a.poll(cx) {
            //                                 ^^^^ poll_on_unpinned
                this.from_a = Some(value);
            }
        }
        if this.from_b.is_none() {
            if let Poll::Ready(value) = this.b.poll(cx) {
                this.from_b = Some(value);
            }
        }
        if this.from_a.is_some() && this.from_b.is_some() {
            Poll::Ready((this.from_a.take().unwrap(), this.from_b.take().unwrap()))
        } else {
            Poll::Pending
        }
    }
}

fn join<A: Future, B: Future>(a: A, b: B) -> Join<A, B> {
    Join {
        a,
        b,
        from_a: None,
        from_b: None,
    }
}

async fn part(n: u32) -> u32 {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n
}

fn main() {
    println!("{:?}", rt::block_on(join(part(1), join(part(3), part(2)))));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
