// edition:2024
// E0733, with a guard that ends before the function calls itself.
use std::sync::Mutex;

async fn count_down(left: u32, log: &Mutex<Vec<u32>>) {
    log.lock().unwrap().push(left);
    if left > 0 {
        count_down(left - 1, log).await;
    }
}

fn main() {
    let log = Mutex::new(Vec::new());
    let _count = count_down(3, &log);
}
