// edition:2021
use std::future::Future;
use std::pin::pin;

fn logged<F: Future<Output = u32>>(inner: F) -> impl Future<Output = u32> {
    println!("made");
    async move {
        let mut inner = pin!(inner);
        println!("started");
        let value = (&mut inner).await;
        //                       ^^^^^ future_not_unpin
        println!("got {value}");
        value
    }
}

fn main() {
    let value = rt::block_on(logged(async {
        rt::yield_now().await;
        2
    }));
    println!("{value}");
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
