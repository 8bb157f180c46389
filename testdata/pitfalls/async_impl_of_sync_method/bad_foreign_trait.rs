// edition:2021
use std::fmt;

struct Point(i32, i32);

impl fmt::Display for Point {
    async fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
//           ^^^ async_impl_of_sync_method
        write!(f, "({}, {})", self.0, self.1)
    }
}

impl Default for Point {
    async fn default() -> Self {
//           ^^^^^^^ async_impl_of_sync_method
        Point(1, 2)
    }
}

async fn show() {
    rt::tick().await;
    println!("{}", Point::default());
}

fn main() {
    rt::block_on(show());
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
