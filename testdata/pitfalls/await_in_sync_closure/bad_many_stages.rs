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
    let halves: BTreeMap<u32, u32> = numbers
        .iter()
        .copied()
        // Odd ones have none.
        .filter_map(|number| half(number).await)
//                           ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        .enumerate()
        .map(|(index, half)| (index as u32, half))
        .collect();
    let all: BTreeSet<u32> = numbers.iter().flat_map(|number| parts(*number).await).collect();
//                                                            ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    let limit = halves.len() - 1;
    let few = numbers
        .iter()
        .rev()
        .map(|number| parts(*number).await)
//                    ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        .take(limit)
        .skip_while(|parts| parts.len() < 2)
        .map(|parts| parts.len().to_string())
        .collect::<Vec<_>>()
        .join("-");
    let (even, odd): (Vec<u32>, Vec<u32>) =
        numbers.iter().partition(|&number| half(*number).await.is_some());
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
