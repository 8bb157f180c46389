// edition:2024
struct Stats {
    count: u32,
    total: u64,
}

async fn retry<T, F, Fut>(times: u32, mut attempt: F) -> Option<T>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, String>>,
{
    for _ in 0..times {
        if let Ok(value) = attempt().await {
            return Some(value);
        }
    }
    None
}

async fn connect(count: u32) -> Result<u64, String> {
    if count < 2 { Err("busy".into()) } else { Ok(u64::from(count) * 10) }
}

fn main() {
    let mut stats = Stats { count: 0, total: 0 };
    let found = rt::block_on(retry(5, || async {
//                                       ^^^^^^^ mutable_capture_in_async_block
        stats.count += 1;
        let value = connect(stats.count).await?;
        stats.total += value;
        Ok(value)
    }));
    println!("{found:?} {} {}", stats.count, stats.total);
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
