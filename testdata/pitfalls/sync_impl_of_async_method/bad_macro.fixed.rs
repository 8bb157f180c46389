// edition:2021
trait Area {
    async fn area(&self) -> f64;
//           ---- the trait promises a future of it
}

macro_rules! area {
    ($name:ident, $value:expr) => {
        struct $name;
        impl Area for $name {
            async fn area(&self) -> f64 {
//          ^^^^^^^^^^^^^^^^^^^^^ sync_impl_of_async_method
                $value
            }
        }
    };
}

area!(One, 1.0);
area!(Two, 2.0);

fn main() {
    rt::block_on(async {
        println!("{}", One.area().await + Two.area().await);
    });
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
