// edition:2021
// One future for each entry, each with a part of what it is made from.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Entry {
    key: u32,
    value: String,
}

async fn notify(key: u32, value: String) {
    println!("{key}: {value}");
}

fn notify_all(entries: &[Entry]) {
    let futures = entries.iter().map(|entry| {
        let key = entry.key;
        let value = entry.value.clone();
        //          ^^^^^^^^^^^ moved_out_of_borrow
        async move { notify(key, value).await }
    });
    for future in futures {
        spawn(future);
    }
}

fn main() {
    notify_all(&[Entry { key: 1, value: "one".to_string() }]);
}
