// edition:2021
use std::future::Future;

type Step = Box<dyn Fn(u32) -> impl Future<Output = u32>>;
//                             ^^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type

fn steps() -> Vec<Step> {
    let mut all = Vec::new();
    let by = 3;
    all.push(Box::new(async |value| value + 1));
    all.push(Box::new(async move |value| {
        rt::tick().await;
        value * by
    }));
    all
}

async fn run() -> u32 {
    let mut value = 1;
    for step in steps() {
        value = step(value).await;
    }
    value
}

fn main() {
    println!("{}", rt::block_on(run()));
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
