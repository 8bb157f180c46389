// edition:2021
use std::future::Future;
use std::pin::Pin;

fn boxed<F: Future<Output = u32> + 'static>(future: F) -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(future)
}

fn half(number: u32) -> impl Future<Output = u32> {
    if number > 100 {
        return boxed(async move { number });
        //           ^^^^^ async_block_borrows_local
    }
    boxed(async move {
    //    ^^^^^ async_block_borrows_local
        rt::pause().await;
        number / 2
    })
}

fn main() {
    println!("{}", rt::block_on(half(8)));
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
