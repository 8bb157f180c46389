// edition:2021
use std::future::Future;

trait Store {
    fn update<F>(&mut self, f: F) -> impl Future<Output = u32>
    where
        F: AsyncFnOnce(&mut Vec<u32>) -> u32;
}

struct Memory(Vec<u32>);

impl Store for Memory {
    async fn update<F>(&mut self, f: F) -> u32
    where
        F: AsyncFnOnce(&mut Vec<u32>) -> u32,
    {
        f(&mut self.0).await
    }
}

async fn next(last: u32) -> u32 {
    last + 1
}

fn main() {
    let mut store = Memory(vec![1]);
    let value = rt::block_on(store.update(async |values| {
//                                                 ^^^^^^^^^^^^ closure_returns_borrowing_future
        let value = next(values[0]).await;
        values.push(value);
        value
    }));
    println!("{value} {}", store.0.len());
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
