// edition:2018
async fn cost(item: u32) -> u32 {
    item * 2
}

async fn run(items: &[u32]) -> u32 {
    let sum: u32 = items.iter().map(|item| item + 1).sum();
    let some = items.iter().any(|item| *item > 1);
    let first = items.first().map(|item| cost(*item));
    match first {
        Some(future) if some => sum + future.await,
        _ => sum,
    }
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
