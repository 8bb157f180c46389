// edition:2021
// In a box this future is not what the trait asks for: a raw pointer denies it `Send`.
use std::future::Future;
use std::pin::Pin;

trait Job {
    fn run<'a>(&'a self, name: &'a str) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>>;
}

struct Count;

impl Job for Count {
    async fn run(&self, name: &str) -> bool {
//           ^^^ async_impl_of_sync_method
        let start: *const u8 = name.as_ptr();
        std::future::ready(()).await;
        start == name.as_ptr()
    }
}

fn main() {
    drop(Count.run("a"));
}
