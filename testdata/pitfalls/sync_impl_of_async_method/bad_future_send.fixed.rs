// edition:2021
use std::future::Future;

pub trait Clock: Sync {
    fn now(&self) -> impl Future<Output = u64> + Send;
//     --- the trait promises a future of it
    fn sleep(&self, millis: u64) -> impl Future<Output = ()> + Send;
//     ----- the trait promises a future of it
}

pub struct Fixed(pub u64);

impl Clock for Fixed {
    async fn now(&self) -> u64 {
//     ^^^ sync_impl_of_async_method
        self.0
    }

    async fn sleep(&self, millis: u64) {
//     ^^^^^ sync_impl_of_async_method
        println!("sleep {millis}");
    }
}

async fn measure<C: Clock>(clock: &C) -> u64 {
    let start = clock.now().await;
    clock.sleep(5).await;
    clock.now().await - start
}

fn main() {
    println!("{}", rt::block_on(measure(&Fixed(7))));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
