// edition:2024
use std::cell::RefCell;

fn main() {
    let names = RefCell::new(vec!["ada"]);
    let mut borrowed = names.borrow_mut();
    borrowed.push(nmae);
}
