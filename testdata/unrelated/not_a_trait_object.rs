// edition:2024
// E0038: an async method keeps the trait from being used behind `dyn`.
use std::sync::Mutex;

trait Store {
    async fn load(&self, key: u32) -> String;
}

struct Memory(Mutex<Vec<String>>);

impl Store for Memory {
    async fn load(&self, key: u32) -> String {
        let list = self.0.lock().unwrap();
        list[key as usize].clone()
    }
}

fn main() {
    let store: Box<dyn Store> = Box::new(Memory(Mutex::new(Vec::new())));
    let _load = store.load(0);
}
