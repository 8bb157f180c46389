// edition:2024
use std::num::ParseIntError;

async fn parse(word: &str) -> Result<u32, ParseIntError> {
    println!("parse {word}");
    word.parse()
}

async fn all(words: &[&str]) -> Result<Vec<u32>, ParseIntError> {
    let mut collected = Vec::new();
    for word in words.iter() {
        collected.push(parse(word).await?);
    }
    Ok(collected)
//                          ^^^^^^^^^^^^^^^^^ await_in_sync_closure
}

async fn doubled(words: &[&str]) -> Result<u32, ParseIntError> {
    let mut numbers = Vec::new();
    for word in words.iter() {
        let number = parse(word).await?;
        //                       ^^^^^^^^^^^^^^^^^ await_in_sync_closure
        numbers.push(number * 2);
    }
    Ok(numbers.len() as u32)
}

async fn kept(words: &[&str]) -> bool {
    let mut collected = Vec::new();
    let mut failure = None;
    for word in words.iter() {
        let value = match parse(word).await {
            Ok(value) => value,
            Err(error) => {
                failure = Some(error);
                break;
            }
        };
        collected.push(value);
    }
    let numbers: Result<Vec<u32>, _> = match failure {
        Some(error) => Err(error),
        None => Ok(collected),
    };
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
