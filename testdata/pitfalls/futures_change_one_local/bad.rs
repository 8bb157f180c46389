// edition:2021
use std::collections::BTreeMap;
use std::future::{poll_fn, Future};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

async fn tick() {
    let mut is_second = false;
    poll_fn(move |_| if std::mem::replace(&mut is_second, true) { Poll::Ready(()) } else { Poll::Pending }).await
}

async fn price(of: u32) -> u32 {
    tick().await;
    of * 100
}

async fn join<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut left, mut right) = (None, None);
    poll_fn(|cx| {
        if left.is_none() {
            if let Poll::Ready(value) = a.as_mut().poll(cx) {
                left = Some(value);
            }
        }
        if right.is_none() {
            if let Poll::Ready(value) = b.as_mut().poll(cx) {
                right = Some(value);
            }
        }
        if left.is_some() && right.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    (left.unwrap(), right.unwrap())
}

async fn two_values() -> (Vec<u32>, u32) {
    let mut log = Vec::new();
    let mut total: u32 = 0;
    log.push(7);
    let left = async {
        for number in 0..3 {
            tick().await;
            log.push(number); // each of them
            total += number;
        }
    };
    let right = async {
//              ^^^^^ futures_change_one_local
        tick().await;
        log.push(price(1).await);
        tick().await;
        total += price(2).await;
    };
    join(left, right).await;
    println!("{total}");
    log.sort();
    (log, total)
}

async fn one_reads(mut stock: BTreeMap<&'static str, u32>) -> usize {
    let buys = async {
        tick().await;
        let apples = stock.entry("apple").or_insert(0);
        *apples += 2;
        if *apples > 2 {
            println!("many apples");
        }
    };
    let looks = async {
//              ^^^^^ futures_change_one_local
        println!("at first {stock:?}");
        tick().await;
        tick().await;
        match stock.get("apple").copied() {
            Some(count) => println!("{} apples for {}", count, price(count).await),
            None => println!("no apples"),
        }
    };
    join(buys, looks).await;
    stock.len()
}

async fn in_place(jobs: &mut Vec<u32>, best: &mut u32) {
    join(
        async {
            while let Some(job) = jobs.pop() {
                let cost = price(job).await;
                if cost > *best {
                    *best = cost;
                }
            }
        },
        async {
//      ^^^^^ futures_change_one_local
            tick().await;
            if jobs.len() < 5 {
                jobs.push(40);
                jobs.push(2);
            }
            tick().await;
            *best = (*best).max(3);
            println!("best {best}");
        },
    )
    .await;
    jobs.clear();
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut all = pin!(async {
        println!("{:?}", two_values().await);
        println!("{}", one_reads(BTreeMap::from([("pear", 1)])).await);
        let (mut jobs, mut best) = (vec![1, 5], 0);
        in_place(&mut jobs, &mut best).await;
        println!("{jobs:?} {best}");
    });
    while all.as_mut().poll(&mut cx).is_pending() {}
}
