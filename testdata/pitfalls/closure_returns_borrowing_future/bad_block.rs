// edition:2021
use std::future::Future;

async fn visit<F, Fut>(words: Vec<String>, f: F) -> usize
where
    F: Fn(&str) -> Fut,
    Fut: Future<Output = usize>,
{
    let mut sum = 0;
    for word in &words {
        sum += f(word).await;
    }
    sum
}

async fn measure(word: &str) -> usize {
    word.len()
}

fn main() {
    let words = vec!["one".to_string(), "two".to_string()];
    let sum = rt::block_on(visit(words, |word| {
        println!("word {word}");
        async move { measure(word).await }
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
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
