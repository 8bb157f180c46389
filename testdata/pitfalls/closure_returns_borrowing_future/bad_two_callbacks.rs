// edition:2021
use std::future::Future;

async fn pipe<A, FutA, B, FutB>(text: String, first: A, second: B) -> usize
where
    A: Fn(&str) -> FutA,
    FutA: Future<Output = String>,
    B: Fn(&str) -> FutB,
    FutB: Future<Output = usize>,
{
    let text = first(&text).await;
    second(&text).await
}

async fn trim(text: &str) -> String {
    text.trim().to_string()
}

async fn len(text: &str) -> usize {
    text.len()
}

fn main() {
    let n = rt::block_on(pipe(
        " abc ".to_string(),
        |text| async move { trim(text).await },
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
        |text| async move {
            let n = len(text).await;
            n * 2
        },
    ));
    println!("{n}");
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
