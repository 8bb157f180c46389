// edition:2024
use std::sync::Arc;

fn spawn<F: Future<Output = ()> + Send + 'static>(_future: F) {}

async fn leaf() {}

struct Worker {
    tries: u32,
}

impl Worker {
    /// Tries once more when it failed.
    fn run(self: Arc<Self>, tries: u32) -> impl Future<Output = ()> + Send {
        async move {
            leaf().await;
            if tries < self.tries {
                spawn(self.clone().run(tries + 1)); // later
                //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ async_recursion_send_cycle
            }
        }
    }
}

fn main() {
    spawn(Arc::new(Worker { tries: 3 }).run(0));
}
