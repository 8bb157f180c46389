// edition:2021

async fn pipe<A, B>(text: String, first: A, second: B) -> usize
where
    A: AsyncFn(&str) -> String,
    B: AsyncFn(&str) -> usize,
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
        async |text| trim(text).await,
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
        async |text| {
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
