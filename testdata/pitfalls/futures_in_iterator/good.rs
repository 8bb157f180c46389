// edition:2021
use std::future::Future;

async fn cost(item: u32) -> u32 {
    item * 2
}

fn all(items: &[u32]) -> Vec<impl Future<Output = u32> + use<>> {
    items.iter().map(|item| cost(*item)).collect()
}

async fn run(items: &[u32]) -> u32 {
    // A container of futures is how they are kept to be awaited.
    let mut sum = 0;
    for future in all(items) {
        sum += future.await;
    }
    let last = items.iter().map(|item| cost(*item)).last();
    if let Some(future) = last {
        sum += future.await;
    }
    sum
}

fn main() {
    println!("{}", rt::block_on(run(&[1, 2])));
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
