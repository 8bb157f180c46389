// edition:2024
trait Store {
    async fn load(&self, key: u32) -> String;
    //       ^^^^ async_trait_not_dyn
}

struct Memory;

impl Store for Memory {
    async fn load(&self, key: u32) -> String {
        key.to_string()
    }
}

fn open() -> Box<dyn Store> {
    //           --------- here it has to be one type for all
    Box::new(Memory)
}

fn main() {
    let _ = open().load(1);
}
