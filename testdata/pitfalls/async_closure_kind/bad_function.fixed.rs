// edition:2021
async fn map<F: AsyncFn(u32) -> u32>(f: F) -> u32 {
    f(1).await
}

fn double(x: u32) -> u32 {
    x * 2
}

fn main() {
    let value = rt::block_on(map(async |x| double(x)));
//                               ^^^^^^ async_closure_kind
    println!("{value}");
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
