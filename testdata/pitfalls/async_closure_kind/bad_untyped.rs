// edition:2021
async fn send(each: impl AsyncFn(&str) -> Option<usize>) -> usize {
    each("abc").await.unwrap_or(0)
}

fn main() {
    let sum = rt::block_on(send(|text| {
//                              ^^^^^^^^ async_closure_kind
        let n = text.len();
        Some(n)
    }));
    println!("{sum}");
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
