// edition:2021
use std::future::Future;
use std::pin::{pin, Pin};

async fn whole<F: Future>(work: Pin<&mut F>) -> F::Output {
    work.await
}

/// None for an output that is no good, not for work that goes on.
async fn good<F: Future<Output = u32>>(work: Pin<&mut F>) -> Option<String> {
    let output = work.await;
    (output > 1).then(|| output.to_string())
}

async fn build(units: u32) -> u32 {
    units * 100
}

// Another future is wanted in each round: this one is done in the first.
pub async fn sum() -> u32 {
    let work = pin!(build(1));
    let mut sum = 0;
    for _ in 0..3 {
        sum += whole(work).await;
        //           ^^^^ pinned_future_moved
    }
    sum
}

pub async fn first_good() -> String {
    let work = pin!(build(1));
    loop {
        if let Some(output) = good(work).await {
            //                     ^^^^ pinned_future_moved
            return output;
        }
    }
}

// An output that is not the one it waits for does not end the loop.
pub async fn until_large() -> u32 {
    let work = pin!(build(1));
    loop {
        if let Some(output) = turn(work).await {
            //                     ^^^^ pinned_future_moved
            if output > 200 {
                return output;
            }
        }
    }
}

async fn turn<F: Future>(work: Pin<&mut F>) -> Option<F::Output> {
    Some(work.await)
}

/// None for an output that is no good here as well.
async fn even<F: Future<Output = u32>>(work: Pin<&mut F>) -> Option<u32> {
    let output = work.await;
    (output % 2 == 0).then_some(output)
}

pub async fn first_even() -> u32 {
    let work = pin!(build(1));
    loop {
        if let Some(output) = even(work).await {
            //                     ^^^^ pinned_future_moved
            return output;
        }
    }
}

fn main() {}
