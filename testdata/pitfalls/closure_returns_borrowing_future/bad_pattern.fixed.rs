// edition:2021

async fn each_pair<F>(pairs: &[(String, u32)], mut f: F)
where
    F: AsyncFnMut(&(String, u32)),
{
    for pair in pairs {
        f(pair).await;
    }
}

async fn show(name: &str, count: u32) {
    println!("{name}: {count}");
}

fn main() {
    let pairs = [("a".to_string(), 1), ("b".to_string(), 2)];
    rt::block_on(each_pair(&pairs, async |(name, count)| show(name, *count).await));
//                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
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
