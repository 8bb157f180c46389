// edition:2021
use std::future::Future;
use std::pin::Pin;
fn pick(flag: bool, n: u32) -> impl Future<Output = u32> {
    async move {
        if flag {
            rt::pause().await;
            n
        } else {
            n + 1
          //^^^^^^^^^^^^^^^^^^^^ distinct_async_block_types
        }
    }
}
fn pick2(flag: bool, n: u32) -> impl Future<Output = u32> {
    if flag {
        return Box::pin(async move {
            rt::pause().await;
            n
        }) as Pin<Box<dyn Future<Output = _> + Send>>;
    }
    Box::pin(async move { n + 1 })
  //^^^^^^^^^^^^^^^^^^^^ distinct_async_block_types
}
fn pick3(n: Option<u32>) -> impl Future<Output = u32> {
    match n {
        Some(n) => {
            Box::pin(async move {
                rt::pause().await;
                n
            }) as Pin<Box<dyn Future<Output = _> + Send>>
        }
        None => Box::pin(std::future::ready(0)),
        //      ^^^^^^^^^^^^^^^^^^^^^ distinct_async_block_types
    }
}
fn main() {
    println!(
        "{} {} {}",
        rt::block_on(pick(true, 1)),
        rt::block_on(pick2(true, 1)),
        rt::block_on(pick3(None))
    );
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
