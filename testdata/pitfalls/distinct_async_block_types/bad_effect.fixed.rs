// edition:2021
use std::future::Future;
use std::pin::Pin;

fn next(log: &mut Vec<&'static str>) -> Option<u32> {
    log.push("next");
    Some(3)
}

fn work(log: &mut Vec<&'static str>) -> impl Future<Output = u32> {
    match next(log) {
        Some(number) => {
            Box::pin(async move {
                rt::pause().await;
                number
            }) as Pin<Box<dyn Future<Output = _> + Send>>
        }
        None => Box::pin(async move { 0 }),
        //      ^^^^^^^^^^^^^^^^ distinct_async_block_types
    }
}

fn main() {
    let mut log = Vec::new();
    let work = work(&mut log);
    println!("{log:?}");
    println!("{}", rt::block_on(work));
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
