// edition:2021
// E0597: the guard in the last expression of a sync function. Async code stands beside it.
use std::sync::Mutex;

fn count(codes: &[u32]) -> usize {
    let basket = Mutex::new(codes.to_vec());
    basket.lock().unwrap().len()
}

async fn tell() {
    println!("{}", count(&[1]));
}

fn main() {
    drop(tell());
}
