// edition:2024
// Methods that are not async and give the future that their trait promises.
trait Store {
    async fn load(&self, key: u32) -> String;
    fn size(&self) -> impl Future<Output = usize> + Send;
    fn name(&self) -> String;
}

struct Memory(usize);

impl Store for Memory {
    fn load(&self, key: u32) -> impl Future<Output = String> {
        std::future::ready(key.to_string())
    }

    async fn size(&self) -> usize {
        self.0
    }

    fn name(&self) -> String {
        "memory".to_string()
    }
}

fn main() {
    let memory = Memory(3);
    let _ = memory.load(1);
    let _ = memory.size();
    println!("{}", memory.name());
}
