// edition:2021
use std::future::{poll_fn, Future};
use std::pin::{pin, Pin};
use std::task::{Context, Poll, Waker};

/// One turn of `work`, or its output when it is ready.
async fn turn<F: Future>(work: Pin<&mut F>) -> Option<F::Output> {
    let mut work = work;
    poll_fn(move |cx| match work.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

async fn limited<T>(_turns: u32, work: impl Future<Output = T>) -> Result<T, ()> {
    turn(pin!(work)).await.ok_or(())
}

async fn pause() {
    let mut is_over = false;
    poll_fn(move |_| match std::mem::replace(&mut is_over, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await
}

async fn build(units: u32) -> u32 {
    for _ in 0..units {
        pause().await;
    }
    units * 100
}

async fn with_heartbeat(units: u32) -> (u32, u32) {
    let mut beats = 0;
    let work = pin!(build(units));
    //  ---- is pinned once
    loop {
        if let Some(output) = turn(work).await {
            //                     ^^^^ pinned_future_moved
            return (beats, output);
        }
        beats += 1;
    }
}

async fn in_a_match(units: u32) -> (u32, u32) {
    let mut beats = 0;
    let mut work = Box::pin(build(units));
    let output = loop {
        let step = limited(1, work).await;
        //                    ^^^^ pinned_future_moved
        match step {
            Ok(output) => break output,
            Err(()) => beats += 1,
        }
    };
    work = Box::pin(build(0));
    (beats, output + work.await)
}

// Each call may be the one that brings it to its end.
async fn twice(units: u32) -> u32 {
    let work = pin!(build(units));
    if let Some(output) = turn(work).await {
        //                     ^^^^ pinned_future_moved
        return output;
    }
    work.await + 1
}

fn run<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{:?}", run(with_heartbeat(3)));
    println!("{:?}", run(in_a_match(2)));
    println!("{} {}", run(twice(0)), run(twice(2)));
}
