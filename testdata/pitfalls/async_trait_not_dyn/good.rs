// edition:2021
// Traits with async methods that are used as `dyn` all the same, or not as `dyn` at all.
use std::future::Future;
use std::pin::Pin;

trait Boxed {
    fn load(&self, key: u32) -> Pin<Box<dyn Future<Output = String> + '_>>;
    async fn load_all(&self, keys: &[u32]) -> Vec<String>
    where
        Self: Sized,
    {
        let mut all = Vec::new();
        for key in keys {
            all.push(self.load(*key).await);
        }
        all
    }
}

trait Generic {
    async fn name(&self) -> String;
}

struct Memory;

impl Boxed for Memory {
    fn load(&self, key: u32) -> Pin<Box<dyn Future<Output = String> + '_>> {
        Box::pin(async move { key.to_string() })
    }
}

impl Generic for Memory {
    async fn name(&self) -> String {
        "memory".to_string()
    }
}

async fn show(store: &dyn Boxed, named: &impl Generic) {
    println!("{} {}", named.name().await, store.load(1).await);
}

fn main() {
    let _ = show(&Memory, &Memory);
    let _ = Memory.load_all(&[1]);
}
