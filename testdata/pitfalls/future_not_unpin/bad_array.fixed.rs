// edition:2021
async fn job(n: u32) -> u32 {
    rt::yield_now().await;
    n
}

async fn all() -> u32 {
    let mut jobs = [Box::pin(job(1)), Box::pin(job(2)), Box::pin(job(3))];
    let mut sum = 0;
    for job in &mut jobs {
        sum += job.await;
        //         ^^^^^ future_not_unpin
    }
    sum
}

fn main() {
    println!("{}", rt::block_on(all()));
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
