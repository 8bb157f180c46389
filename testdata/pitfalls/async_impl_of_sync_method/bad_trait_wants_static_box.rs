// edition:2021
// The future borrows `self`, which the trait does not say of its box: both get the lifetime.
use std::future::Future;
use std::pin::Pin;

trait Job {
    fn run(&self) -> Pin<Box<dyn Future<Output = usize>>>;
}

struct Count {
    name: String,
}

impl Job for Count {
    async fn run(&self) -> usize {
//           ^^^ async_impl_of_sync_method
        std::future::ready(()).await;
        self.name.len()
    }
}

fn main() {
    let count = Count { name: "a".to_string() };
    drop(count.run());
}
