// edition:2024
// E0382: the text was given away to the first call.
use std::sync::{Arc, Mutex};

async fn send(_: String) {}

async fn twice(log: Arc<Mutex<Vec<String>>>, text: String) {
    {
        let mut log = log.lock().unwrap();
        log.push(text.clone());
    }
    send(text).await;
    log.lock().unwrap().push(text);
}

fn main() {
    let _twice = twice(Arc::default(), String::new());
}
