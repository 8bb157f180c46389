// edition:2021
use std::future::Future;

#[derive(Default)]
struct Counter {
    value: u32,
}

struct Runner {
    counters: Vec<Counter>,
}

impl Runner {
    async fn each<F, Fut>(&mut self, mut step: F)
    where
        F: FnMut(&mut Counter, u32) -> Fut,
        Fut: Future,
    {
        for (index, counter) in self.counters.iter_mut().enumerate() {
            step(counter, index as u32).await;
        }
    }
}

async fn load(by: u32) -> u32 {
    by * 2
}

fn main() {
    let mut runner = Runner {
        counters: vec![Counter::default(), Counter::default()],
    };
    rt::block_on(async {
        runner
            .each(|counter, by| async move {
//                              ^^^^^^^^^^^^ closure_returns_borrowing_future
                // Two steps, one after the other.
                counter.value += load(by).await;
                counter.value += 1;
            })
            .await;
    });
    for counter in &runner.counters {
        println!("{}", counter.value);
    }
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
