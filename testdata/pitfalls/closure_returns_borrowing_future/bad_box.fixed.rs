// edition:2021

async fn with_lock<T, F>(value: &mut T, f: F)
where
    F: AsyncFnOnce(&mut T),
{
    f(value).await
}

async fn step() {}

fn main() {
    let mut numbers = vec![3, 4];
    rt::block_on(with_lock(&mut numbers, async |numbers| {
        // The caller holds the lock for all of it.
        //      ^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
            for n in numbers.iter_mut() {
                step().await;
                *n += 1;
            }
    }));
    println!("{numbers:?}");
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
