// edition:2021
use std::num::ParseIntError;

async fn parse(word: &str) -> Result<u32, ParseIntError> {
    println!("parse {word}");
    word.parse()
}

async fn all(words: &[&str]) -> Result<Vec<u32>, ParseIntError> {
    words.iter().map(|word| parse(word)).collect()
//                   ^^^^^^^^^^^^^^^^^^ futures_in_iterator
}

async fn sum(words: &[&str]) -> Result<u32, ParseIntError> {
    let sum = words.iter().map(|word| parse(word)).sum::<Result<u32, ParseIntError>>()?;
//                             ^^^^^^^^^^^^^^^^^^ futures_in_iterator
    Ok(sum + 1)
}

fn main() {
    println!("{:?}", rt::block_on(all(&["1", "x", "3"])));
    println!("{:?}", rt::block_on(sum(&["1", "2"])));
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
