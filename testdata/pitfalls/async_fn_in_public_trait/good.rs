// edition:2021
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

use std::future::Future;

// The promise is made.
pub trait Store {
    fn load(&self, key: u32) -> impl Future<Output = String> + Send;
}

pub struct Memory;

impl Store for Memory {
    async fn load(&self, key: u32) -> String {
        key.to_string()
    }
}

// No other crate can reach this one.
trait Cache {
    async fn get(&self, key: u32) -> Option<String>;
}

mod detail {
    pub trait Index {
        async fn find(&self, key: u32) -> usize;
    }
}

impl Cache for Memory {
    async fn get(&self, _key: u32) -> Option<String> {
        None
    }
}

impl detail::Index for Memory {
    async fn find(&self, _key: u32) -> usize {
        0
    }
}

pub async fn read(store: &Memory) -> (Option<String>, usize) {
    use detail::Index;
    (store.get(1).await, store.find(1).await)
}
