// edition:2024
// E0728: the closure inside the async function is not async itself.
use std::sync::Mutex;

async fn double(n: u32) -> u32 {
    n * 2
}

async fn all(list: &Mutex<Vec<u32>>) -> Vec<u32> {
    list.lock().unwrap().iter().map(|n| double(*n).await).collect()
}

fn main() {
    let list = Mutex::new(vec![1]);
    let _all = all(&list);
}
