// edition:2024
// Async methods beside those of a trait that is not async.
use std::fmt;

trait Store {
    fn load(&self, key: u32) -> String;
}

struct Memory;

impl Memory {
    async fn load(&self, key: u32) -> String {
        key.to_string()
    }
}

impl Store for Memory {
    fn load(&self, key: u32) -> String {
        let _later = async move { key };
        key.to_string()
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("memory")
    }
}

fn main() {
    let _ = Memory.load(1);
    println!("{} {}", Store::load(&Memory, 1), Memory);
}
