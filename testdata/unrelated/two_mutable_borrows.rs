// edition:2021
// E0499, beside a RefCell that is used well.
use std::cell::RefCell;

fn main() {
    let cell = RefCell::new(vec![1]);
    cell.borrow_mut().push(2);
    let mut list = vec![1, 2];
    let first = &mut list;
    let second = &mut list;
    first.push(3);
    second.push(cell.borrow().len());
}
