//! A dependency: its functions block, wait and return futures.
use std::future::Future;

pub struct Disk;

impl Disk {
    pub fn open() -> Self {
        Disk
    }
    pub fn load(&self) -> Vec<u8> {
        std::fs::read("data").unwrap_or_default()
    }
    pub async fn fetch(&self, key: u32) -> Vec<u8> {
        tick(key).await;
        self.load()
    }
}

pub async fn tick(n: u32) -> u32 {
    n
}

pub fn later(n: u32) -> impl Future<Output = u32> {
    async move { tick(n).await }
}
