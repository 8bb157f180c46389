// edition:2021
use std::future::Future;
use std::pin::Pin;
fn pick(names: Vec<String>) -> Pin<Box<dyn Future<Output = usize>>> {
    let lens = names.iter().map(|n| n.len());
    //         ^^^^^ block_captures_local_reference
    Box::pin(async move {
        let mut sum = 0;
        for l in lens {
            rt::pause().await;
            sum += l;
        }
        sum
    })
}
fn main() {
    println!("{:?}", rt::block_on(pick(vec!["a".into()])));
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
