// edition:2024
use std::num::ParseIntError;

async fn parse(word: &str) -> Result<u32, ParseIntError> {
    println!("parse {word}");
    word.parse()
}

async fn all(words: &[&str]) -> Result<Vec<u32>, ParseIntError> {
    words.iter().map(|word| parse(word).await).collect()
//                          ^^^^^^^^^^^^^^^^^ await_in_sync_closure
}

async fn doubled(words: &[&str]) -> Result<u32, ParseIntError> {
    let numbers = words
        .iter()
        .map(|word| {
            let number = parse(word).await?;
//                       ^^^^^^^^^^^^^^^^^ await_in_sync_closure
            Ok(number * 2)
        })
        .collect::<Result<Vec<_>, ParseIntError>>()?;
    Ok(numbers.len() as u32)
}

async fn kept(words: &[&str]) -> bool {
    let numbers: Result<Vec<u32>, _> = words.iter().map(|word| parse(word).await).collect();
//                                                             ^^^^^^^^^^^^^^^^^ await_in_sync_closure
    numbers.is_ok()
}

fn main() {
    println!("{:?}", rt::block_on(all(&["1", "x", "3"])));
    println!("{:?}", rt::block_on(doubled(&["1", "2"])));
    println!("{:?}", rt::block_on(kept(&["1", "y", "2"])));
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
