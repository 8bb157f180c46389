// edition:2024
use std::pin::Pin;

trait Store {
    fn load(&self, key: u32) -> Pin<Box<dyn Future<Output = String> + '_>>;
    //       ^^^^ async_trait_not_dyn
}

struct Memory;

impl Store for Memory {
    fn load(&self, key: u32) -> Pin<Box<dyn Future<Output = String> + '_>> {
        Box::pin(async move { key.to_string() })
    }
}

fn open() -> Box<dyn Store> {
    //           --------- here it has to be one type for all
    Box::new(Memory)
}

fn main() {
    let _ = open().load(1);
}
