// edition:2021
use std::cell::RefCell;
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
    let total: RefCell<u32> = RefCell::new(0);
    log.push(7);
    let log = RefCell::new(log);
    let left = async {
        for number in 0..3 {
            tick().await;
            log.borrow_mut().push(number); // each of them
            *total.borrow_mut() += number;
        }
    };
    let right = async {
//              ^^^^^ futures_change_one_local
        tick().await;
        let value = price(1).await;
        log.borrow_mut().push(value);
        tick().await;
        let value = price(2).await;
        *total.borrow_mut() += value;
    };
    join(left, right).await;
    let total = total.into_inner();
    println!("{total}");
    let mut log = log.into_inner();
    log.sort();
    (log, total)
}

async fn one_reads(stock: BTreeMap<&'static str, u32>) -> usize {
    let stock = RefCell::new(stock);
    let buys = async {
        tick().await;
        let mut stock = stock.borrow_mut();
        let apples = stock.entry("apple").or_insert(0);
        *apples += 2;
        if *apples > 2 {
            println!("many apples");
        }
    };
    let looks = async {
//              ^^^^^ futures_change_one_local
        {
            let stock = stock.borrow();
            println!("at first {stock:?}");
        }
        tick().await;
        tick().await;
        match { let value = stock.borrow().get("apple").copied(); value } {
            Some(count) => println!("{} apples for {}", count, price(count).await),
            None => println!("no apples"),
        }
    };
    join(buys, looks).await;
    let stock = stock.into_inner();
    stock.len()
}

async fn in_place(jobs: &mut Vec<u32>, best: &mut u32) {
    let jobs = RefCell::new(jobs);
    let best = RefCell::new(best);
    join(
        async {
            while let Some(job) = { let value = jobs.borrow_mut().pop(); value } {
                let cost = price(job).await;
                let mut best = best.borrow_mut();
                if cost > **best {
                    **best = cost;
                }
            }
        },
        async {
//      ^^^^^ futures_change_one_local
            tick().await;
            {
                let mut jobs = jobs.borrow_mut();
                if jobs.len() < 5 {
                    jobs.push(40);
                    jobs.push(2);
                }
            }
            tick().await;
            let mut best = best.borrow_mut();
            **best = (**best).max(3);
            println!("best {best}");
        },
    )
    .await;
    let jobs = jobs.into_inner();
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
