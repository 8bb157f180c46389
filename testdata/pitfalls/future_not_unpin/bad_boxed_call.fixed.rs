// edition:2021
use std::future::Future;

trait Handler {
    fn call<'a>(&'a self, n: u32) -> Box<dyn Future<Output = u32> + 'a>;
}

struct Add(u32);

impl Handler for Add {
    fn call<'a>(&'a self, n: u32) -> Box<dyn Future<Output = u32> + 'a> {
        Box::new(async move {
            rt::yield_now().await;
            n + self.0
        })
    }
}

async fn all(handlers: &[Box<dyn Handler>]) -> u32 {
    let mut value = 1;
    for handler in handlers {
        value = Box::into_pin(handler.call(value)).await;
        //                          ^^^^^ future_not_unpin
    }
    value
}

fn main() {
    let handlers: Vec<Box<dyn Handler>> = vec![Box::new(Add(2)), Box::new(Add(5))];
    println!("{}", rt::block_on(all(&handlers)));
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
