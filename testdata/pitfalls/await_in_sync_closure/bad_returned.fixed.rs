// edition:2021
async fn product(a: u32, b: u32) -> u32 {
    a * b
}

struct Prices {
    rate: u32,
}

impl Prices {
    fn in_pence(&self) -> impl AsyncFn(u32) -> u32 + '_ {
        async move |amount| product(self.rate, amount).await
//                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    }
}

fn multiplier(factor: u32) -> impl AsyncFnMut(u32) -> u32 {
    let mut calls = 0;
    async move |number| {
        calls += 1;
        product(factor, number).await + calls
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    }
}

async fn run() -> u32 {
    let mut thrice = multiplier(3);
    let prices = Prices { rate: 100 };
    let sum = thrice(2).await + thrice(5).await + multiplier(2)(1).await;
    let pence = prices.in_pence()(1).await;
    sum + pence
}

fn main() {
    println!("{}", rt::block_on(run()));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
