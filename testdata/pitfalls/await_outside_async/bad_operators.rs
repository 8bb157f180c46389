// edition:2021
use std::ops::{Add, Mul};

async fn rate() -> i64 {
    3
}

#[derive(Debug, Clone, Copy)]
struct Money(i64);

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self::Output {
        Money(self.0 + other.0 * rate().await)
        //                              ^^^^^ await_outside_async
    }
}

impl Mul<i64> for Money {
    type Output = Self;

    fn mul(self, times: i64) -> Self {
        Money(self.0 * times)
    }
}

fn total(all: &[Money]) -> Money {
    let mut total = Money(0);
    for money in all {
        total = total + *money * 2;
    }
    total
}

fn main() {
    println!("{:?}", total(&[Money(1), Money(2)]));
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
