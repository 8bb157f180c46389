// edition:2021
use std::future::Future;
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

// In a box, the future stays where it is when the struct moves.
struct Counted<F> {
    task: Pin<Box<F>>,
    polls: usize,
}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, usize);
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.polls += 1;
        let polls = self.polls;
        self.task.as_mut().poll(cx).map(|value| (value, polls))
    }
}

// Callers pass what may move.
struct Logged<F>(F);

impl<F: Future + Unpin> Future for Logged<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        println!("polled");
        Pin::new(&mut self.0).poll(cx)
    }
}

// A method of that name that is nobody's future.
struct Sensor {
    value: u32,
}

impl Sensor {
    fn poll(&mut self, step: u32) -> u32 {
        self.value += step;
        self.value
    }
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut task = pin!(async { 1 });
    println!("{:?}", task.as_mut().poll(&mut cx));
    let mut counted = Counted { task: Box::pin(async { 2 }), polls: 0 };
    println!("{:?}", Pin::new(&mut counted).poll(&mut cx));
    println!("{:?}", pin!(Logged(std::future::ready(3))).poll(&mut cx));
    let mut sensor = Sensor { value: 3 };
    println!("{}", sensor.poll(1));
}
