// edition:2021
async fn cost(item: u32) -> u32 {
    item * 2
}

async fn run(items: &[u32]) -> u32 {
    // Awaits stand outside of the closures, or in async ones.
    let first = cost(items[0]).await;
    let more: Vec<u32> = items.iter().map(|item| item + first).collect();
    let twice = async |item: u32| cost(item).await * 2;
    let futures: Vec<_> = more.iter().map(|item| async move { cost(*item).await }).collect();
    let mut sum = twice(1).await;
    for future in futures {
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
