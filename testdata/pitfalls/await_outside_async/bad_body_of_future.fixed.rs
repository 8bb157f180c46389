// edition:2021
use std::future::Future;

async fn load(id: u32) -> u32 {
    id * 2
}

struct Store;

impl Store {
    fn sum<'a>(&'a self, ids: &'a [u32]) -> impl Future<Output = u32> + 'a {
        async move {
            let mut sum = 0;
            for id in ids {
                sum += load(*id).await;
                //               ^^^^^ await_outside_async
            }
            sum
        }
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{}", block_on(Store.sum(&[1, 2])));
}
