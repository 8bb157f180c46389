// edition:2021
fn main() {
    let mut total = 0;
    let numbers: Vec<u32> = vec![1, 2, 3];
    let futures: Vec<_> = numbers
        .iter()
        .map(|n| async move {
        //       ^^^^^ async_block_borrows_local
            rt::pause().await;
            n * 2
        })
        .collect();
    for future in futures {
        total += rt::block_on(future);
    }
    println!("{total}");
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    pub async fn pause() {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await
    }
}
