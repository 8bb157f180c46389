// edition:2024
// The second round of the loop has none.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Clone)]
struct Client {
    base: String,
}

impl Client {
    async fn get(&self, path: &str) -> usize {
        self.base.len() + path.len()
    }
}

fn main() {
    let client = Client { base: "api".to_string() };
    for path in ["users", "orders"] {
        let own = client.clone();
        spawn(async move { own.get(path).await });
        //    ^^^^^^^^^^ moved_into_task
    }
}
