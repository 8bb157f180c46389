// edition:2021
fn spawn<F: std::future::Future + Send + 'static>(_future: F) {}

trait Store: Send + 'static {
    fn load(&self, key: u32) -> impl std::future::Future<Output = String> + Send;

    // The first one that there is.
    fn load_first(&self) -> impl std::future::Future<Output = String> + Send
    //       ^^^^^^^^^^ trait_future_not_send
    where
        Self: Sync,
    {
        async move {
            self.load(1).await
        }
    }
}

struct Loader<S> {
    store: S,
}

impl<S: Store + Sync> Loader<S> {
    async fn run(self) -> String {
        self.store.load_first().await
    }

    fn start(self) {
        spawn(self.run());
    }
}

impl Store for u32 {
    async fn load(&self, key: u32) -> String {
        (self + key).to_string()
    }
}

fn main() {
    Loader { store: 1 }.start();
}
