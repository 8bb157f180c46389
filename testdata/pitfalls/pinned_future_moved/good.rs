// edition:2021
use std::future::Future;
use std::pin::{pin, Pin};

async fn turn<F: Future>(work: Pin<&mut F>) -> Option<F::Output> {
    Some(work.await)
}

async fn build(units: u32) -> u32 {
    units * 100
}

pub async fn lent() -> u32 {
    let mut work = pin!(build(1));
    loop {
        if let Some(output) = turn(work.as_mut()).await {
            return output;
        }
    }
}

pub async fn made_anew() -> u32 {
    let mut sum = 0;
    for units in 0..3 {
        let work = pin!(build(units));
        sum += turn(work).await.unwrap_or(0);
    }
    sum
}

fn main() {}
