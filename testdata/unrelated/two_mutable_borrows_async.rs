// edition:2024
// E0499: one borrow of the list lives on through the await.
use std::sync::Mutex;

async fn pause() {}

async fn grow(list: &mut Vec<u32>, total: &Mutex<u32>) {
    let first = &mut list[0];
    pause().await;
    list.push(*total.lock().unwrap());
    *first += 1;
}

fn main() {
    let total = Mutex::new(0);
    let mut list = vec![1];
    let _grow = grow(&mut list, &total);
}
