// edition:2021
use std::collections::{BTreeMap, BTreeSet};

async fn half(number: u32) -> Option<u32> {
    println!("half of {number}");
    (number % 2 == 0).then_some(number / 2)
}

async fn parts(number: u32) -> Vec<u32> {
    println!("parts of {number}");
    (1..number).filter(|part| number % part == 0).collect()
}

async fn run(numbers: &[u32]) {
    let mut count = 0;
    let mut halves: BTreeMap<u32, u32> = BTreeMap::new();
    for number in numbers.iter().copied() {
        // Odd ones have none.
        let Some(value) = half(number).await else {
            continue;
        };
        //                           ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let index = count;
        count += 1;
        let half = value;
        halves.insert(index as u32, half);
    }
    let mut all: BTreeSet<u32> = BTreeSet::new();
    for number in numbers.iter() {
        for value in parts(*number).await {
            all.insert(value);
        }
    }
//                                                            ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    let limit = halves.len() - 1;
    let mut items = numbers.iter().rev();
    let mut taken = 0;
    let mut is_skipping = true;
    let mut collected = Vec::new();
    while taken < limit {
        let Some(number) = items.next() else {
            break;
        };
        //                    ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let value = parts(*number).await;
        taken += 1;
        if is_skipping && value.len() < 2 {
            continue;
        }
        is_skipping = false;
        let parts = value;
        collected.push(parts.len().to_string());
    }
    let few = collected.join("-");
    let mut even: Vec<u32> = Vec::new();
    let mut odd: Vec<u32> = Vec::new();
    for number in numbers.iter() {
        if half(*number).await.is_some() {
            even.push(*number);
        } else {
            odd.push(*number);
        }
    }
//                                         ^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    println!("{halves:?} {all:?} {few} {even:?} {odd:?}");
}

fn main() {
    rt::block_on(run(&[4, 7, 6, 9, 12]));
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
