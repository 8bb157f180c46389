// edition:2021

async fn each<F>(items: &[u32], mut f: F)
where
    F: AsyncFnMut(u32),
{
    for item in items {
        f(*item).await;
    }
}

async fn add(sum: &mut u32, item: u32) {
    *sum += item;
}

async fn total(items: &[u32], sum: &mut u32) {
    each(items, async |item| add(sum, item).await).await;
//                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mutable_capture_in_async_block
    each(items, async |item| add(sum, item).await).await;
}

fn main() {
    let mut sum = 0;
    rt::block_on(total(&[1, 2], &mut sum));
    println!("{sum}");
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
