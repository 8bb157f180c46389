// edition:2021
use std::collections::HashMap;

trait Store {
    async fn load(&self, key: &str) -> Option<String>;
//           ---- the trait promises a future of it
    async fn save(&mut self, key: &str, value: String);
//           ---- the trait promises a future of it
}

struct Disk;

impl Store for Disk {
    async fn load(&self, key: &str) -> Option<String> {
        rt::tick().await;
        Some(key.to_uppercase())
    }

    async fn save(&mut self, _key: &str, _value: String) {
        rt::tick().await;
    }
}

#[derive(Default)]
struct Memory {
    map: HashMap<String, String>,
}

impl Store for Memory {
    fn load(&self, key: &str) -> Option<String> {
//     ^^^^ sync_impl_of_async_method
        self.map.get(key).cloned()
    }

    fn save(&mut self, key: &str, value: String) {
//     ^^^^ sync_impl_of_async_method
        self.map.insert(key.to_string(), value);
    }
}

async fn copy(from: &impl Store, to: &mut impl Store, key: &str) {
    if let Some(value) = from.load(key).await {
        to.save(key, value).await;
    }
}

fn main() {
    let mut memory = Memory::default();
    rt::block_on(async {
        copy(&Disk, &mut memory, "a").await;
        println!("{:?}", memory.load("a").await);
    });
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
