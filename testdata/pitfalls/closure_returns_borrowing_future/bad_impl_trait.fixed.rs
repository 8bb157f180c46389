// edition:2024
async fn with_name(name: &str, f: impl AsyncFnOnce(&str) -> Option<String>) {
    println!("{:?}", f(name).await);
}

async fn upper(text: &str) -> Option<String> {
    Some(text.to_uppercase())
}

fn main() {
    rt::block_on(with_name("ada", async |name| {
//                                       ^^^^^^^^^^^^ closure_returns_borrowing_future
        let found = upper(name).await?;
        Some(found + "!")
    }));
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
