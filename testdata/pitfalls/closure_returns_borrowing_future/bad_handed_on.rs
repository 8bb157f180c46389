// edition:2021
use std::future::Future;

async fn inner<F, Fut>(text: &str, f: F) -> usize
where
    F: Fn(&str) -> Fut,
    Fut: Future<Output = usize>,
{
    f(text).await
}

async fn outer<F, Fut>(text: &str, f: F) -> usize
where
    F: Fn(&str) -> Fut,
    Fut: Future<Output = usize>,
{
    inner(text, f).await + 1
}

async fn measure(word: &str) -> usize {
    word.len()
}

fn main() {
    let sum = rt::block_on(outer("hello", |word| async move { measure(word).await }));
//                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
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
