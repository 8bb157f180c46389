// edition:2021
// The async function returns a number instead of text; its guard ends before the await.
use std::sync::Mutex;

async fn pause() {}

async fn label(count: &Mutex<u32>) -> String {
    let now = {
        let mut count = count.lock().unwrap();
        *count += 1;
        *count
    };
    pause().await;
    now
}

fn main() {
    let count = Mutex::new(1);
    let _label = label(&count);
}
