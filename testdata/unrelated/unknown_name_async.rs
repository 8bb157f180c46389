// edition:2024
// A misspelt variable in an async block that holds a guard and is not asked to be Send.
use std::sync::Mutex;

async fn send(_: u32) {}

fn main() {
    let total = Mutex::new(4);
    let _work = async {
        let guard = total.lock().unwrap();
        send(*gaurd).await;
        drop(guard);
    };
}
