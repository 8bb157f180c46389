// edition:2021
// The future itself is compared where its output is meant.
use std::sync::Mutex;

async fn count(list: &Mutex<Vec<u32>>) -> usize {
    list.lock().unwrap().len()
}

async fn full(list: &Mutex<Vec<u32>>) -> bool {
    let most: usize = 8;
    let now: usize = count(list);
    now >= most
}

fn main() {
    let list = Mutex::new(Vec::new());
    let _full = full(&list);
}
