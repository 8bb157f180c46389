// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// The guard of an async-aware lock has a familiar name, is `Send`, and may be held.
mod sync {
    #[derive(Default)]
    pub struct Mutex<T>(T);
    pub struct MutexGuard<'a, T>(pub &'a T);

    impl<T> Mutex<T> {
        pub async fn lock(&self) -> MutexGuard<'_, T> {
            MutexGuard(&self.0)
        }
    }
}

async fn count(state: Arc<sync::Mutex<u32>>) {
    let seen = state.lock().await;
    leaf().await;
    println!("{}", seen.0);
}

fn main() {
    spawn(count(Arc::default()));
}
