// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

// Makes its futures when it needs them.
struct Repeat<M, F> {
    make: M,
    now: Option<F>,
    times: u32,
}

impl<M: FnMut(u32) -> F + Unpin, F: Future + Unpin> Future for Repeat<M, F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        while this.times > 0 {
            let times = this.times;
            let make = &mut this.make;
            let future = this.now.get_or_insert_with(|| make(times));
            if Pin::new(future).poll(context).is_pending() {
                return Poll::Pending;
            }
            this.now = None;
            this.times -= 1;
        }
        Poll::Ready(())
    }
}

fn run<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    run(Repeat {
        make: |left| Box::pin(async move {
            println!("{left} left");
        }),
        now: None,
        //   ^^^^ future_not_unpin
        times: 3,
    });
}
