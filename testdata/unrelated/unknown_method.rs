// edition:2021
use std::sync::RwLock;

fn main() {
    let list = RwLock::new(vec![3, 1, 2]);
    let mut list = list.write().unwrap();
    list.sort_down();
}
