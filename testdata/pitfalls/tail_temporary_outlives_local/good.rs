// edition:2021
use std::cell::RefCell;

async fn scan(code: u32, basket: &RefCell<Vec<u32>>) {
    basket.borrow_mut().push(code);
}

pub async fn bound_first() -> usize {
    let basket = RefCell::new(Vec::new());
    scan(1, &basket).await;
    let len = basket.borrow().len();
    len
}

pub async fn of_a_caller(basket: &RefCell<Vec<u32>>) -> usize {
    scan(1, basket).await;
    basket.borrow().len()
}

pub async fn taken_out() -> Vec<u32> {
    let basket = RefCell::new(Vec::new());
    scan(1, &basket).await;
    basket.into_inner()
}

fn main() {}
