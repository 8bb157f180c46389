// edition:2021
use std::cell::{Cell, RefCell};
use std::future::Future;

async fn tick() {}

async fn join<A: Future, B: Future>(a: A, b: B) {
    a.await;
    b.await;
}

pub async fn shared() -> Vec<u32> {
    let log = RefCell::new(Vec::new());
    let count = Cell::new(0);
    let left = async {
        tick().await;
        log.borrow_mut().push(1);
        count.set(count.get() + 1);
    };
    let right = async {
        log.borrow_mut().push(2);
        count.set(count.get() + 1);
    };
    join(left, right).await;
    log.into_inner()
}

pub async fn in_order() -> Vec<u32> {
    let mut log = Vec::new();
    let left = async {
        tick().await;
        log.push(1);
    };
    left.await;
    let right = async { log.push(2) };
    right.await;
    log
}

pub async fn only_one_changes(names: &[String]) -> usize {
    let mut total = 0;
    join(async { total += names.len() }, async { println!("{}", names.len()) }).await;
    total
}

fn main() {}
