// edition:2021
async fn each<F>(items: &[u32], f: F)
where
    F: AsyncFn(u32),
{
    for item in items {
        f(*item).await;
    }
}

async fn twice(item: u32) -> u32 {
    item * 2
}

fn main() {
    let mut sum = 0;
    rt::block_on(each(&[1, 2], async |item| {
//                             ^^^^^^^^^^^^^^ mutable_capture_in_async_block
        sum += twice(item).await;
    }));
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
