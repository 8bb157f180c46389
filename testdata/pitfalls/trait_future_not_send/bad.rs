// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

trait Store {
    async fn load(&self, key: u32) -> String;
    //       ^^^^ trait_future_not_send
}

fn warm<S: Store + Send + Sync + 'static>(store: S) {
    spawn(async move {
        let value = store.load(1).await;
        println!("{value}");
    });
}

struct Memory;

impl Store for Memory {
    async fn load(&self, key: u32) -> String {
        key.to_string()
    }
}

fn main() {
    warm(Memory);
}
