// edition:2024
mod pool {
    pub struct Lease<T: Clone> {
        pub value: T,
        pub(crate) log: fn(&str),
    }

    pub fn lease<T: Clone>(value: T, log: fn(&str)) -> Lease<T> {
        Lease { value, log }
    }

    impl<T> Lease<T>
    where
        T: Clone,
    {
        pub async fn close(self) {
            super::rt::yield_now().await;
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_drop
            (self.log)("given back");
        }
    }
}

async fn double(n: u32) -> u32 {
    let lease = pool::lease(n, |text| println!("{text}"));
    // The value is looked at while the lease is there.
    let result = lease.value * 2;
    lease.close().await;
    result
}

async fn consume(lease: pool::Lease<u32>) {
    println!("{} is consumed", lease.value);
    lease.close().await;
}

async fn pass_on() {
    let lease = pool::lease(8, |text| println!("{text} too"));
    consume(lease).await;
    println!("after");
}

fn main() {
    println!("{}", rt::block_on(double(4)));
    rt::block_on(pass_on());
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
