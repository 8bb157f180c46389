// edition:2021
use std::future::Future;
use std::pin::Pin;

fn spawn<F: Future<Output = ()> + Send + 'static>(_future: F) {}

trait Store: Send + Sync {
    fn get<'a>(&'a self, key: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>>;
}

async fn join_all<I>(futures: I) -> usize
where
    I: IntoIterator,
    I::Item: Future<Output = usize>,
{
    let mut sum = 0;
    for future in futures {
        sum += future.await;
    }
    sum
}

// Not spawned: nothing has to be proven of it.
async fn here(store: &dyn Store, keys: &[String]) -> usize {
    join_all(keys.iter().map(|key| store.get(key))).await
}

async fn there(store: &dyn Store, keys: &[String]) -> usize {
    join_all(keys.iter().map(|key| store.get(key)).collect::<Vec<_>>()).await
}

async fn owned(keys: Vec<String>) -> usize {
    join_all(keys.into_iter().map(|key| async move { key.len() })).await
}

fn start(store: &'static dyn Store, keys: Vec<String>) {
    drop(here(store, &[]));
    spawn(async move {
        there(store, &keys).await;
        owned(keys).await;
    });
}

fn main() {
    let _ = start;
}
