// edition:2024
async fn call<F: AsyncFn(u32) -> u32>(f: F) -> u32 {
    f(1).await + f(2).await
}

async fn cost(item: u32) -> u32 {
    item * 2
}

fn main() {
    rt::block_on(async {
        println!("{}", call(async |item| cost(item).await).await);
        println!("{}", call(|item| cost(item)).await);
        println!("{:?}", Some(3).map(|item| item + 1).unwrap_or_else(|| 7));
    });
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
