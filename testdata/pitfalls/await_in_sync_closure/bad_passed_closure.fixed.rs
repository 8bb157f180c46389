// edition:2024
async fn fetch(attempt: u32) -> Option<u32> {
    println!("attempt {attempt}");
    (attempt > 2).then_some(attempt * 100)
}

async fn retry<F>(times: u32, operation: F) -> Option<u32>
where
    F: AsyncFn(u32) -> Option<u32>,
{
    for attempt in 1..=times {
        if let Some(value) = operation(attempt).await {
            return Some(value);
        }
    }
    None
}

fn main() {
    rt::block_on(async {
        println!("{:?}", retry(5, async |attempt| fetch(attempt).await).await);
//                                          ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let at_once = retry(1, async |attempt| Some(attempt + 1)).await;
        println!("{at_once:?}");
    });
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
