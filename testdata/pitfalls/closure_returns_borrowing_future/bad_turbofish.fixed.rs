// edition:2021

pub struct Cache {
    values: Vec<String>,
}

impl Cache {
    pub async fn map<R, F>(&self, f: F) -> Vec<R>
    where
        F: AsyncFn(&String) -> R,
    {
        let mut out = Vec::new();
        for value in &self.values {
            let future = f(value);
            out.push(future.await);
        }
        out
    }
}

async fn parse(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn main() {
    let cache = Cache { values: vec!["1".into(), "x".into()] };
    let numbers = rt::block_on(cache.map::<Option<u32>, _>(async |text| parse(text).await));
//                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
    println!("{numbers:?}");
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
