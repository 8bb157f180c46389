// edition:2021
use std::future::Future;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

struct Store {
    rows: Mutex<Vec<u32>>,
}

impl Store {
    fn view(&self) -> impl Deref<Target = Vec<u32>> + '_ {
        self.rows.lock().unwrap()
    }
}

async fn count(store: Arc<Store>) {
    let len = {
        let view = store.view();
        view.len()
    };
    //  ^^^^ guard_across_await
    send(len).await;
    //               ----- still held at this await
}

fn main() {
    let store = Arc::new(Store { rows: Mutex::new(Vec::new()) });
    spawn(count(store));
}
