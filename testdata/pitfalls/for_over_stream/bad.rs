// edition:2021
use std::collections::VecDeque;
use std::future::Future;

// Stands for a stream of another crate.
fn numbers() -> impl Stream {
    Numbers(VecDeque::from([1, 2, 3]))
}

trait Stream {
    fn next(&mut self) -> impl Future<Output = Option<u32>>;
}

struct Numbers(VecDeque<u32>);

impl Stream for Numbers {
    async fn next(&mut self) -> Option<u32> {
        self.0.pop_front()
    }
}

async fn sum() -> u32 {
    let mut sum = 0;
    for number in numbers() {
        //        ^^^^^^^^^ for_over_stream
        sum += number;
    }
    let more = numbers();
    for number in more {
        //        ^^^^ for_over_stream
        sum += number;
    }
    sum
}

fn main() {
    println!("{}", now(sum()));
}

// The output of a future that never has to wait.
fn now<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("it waits"),
    }
}
