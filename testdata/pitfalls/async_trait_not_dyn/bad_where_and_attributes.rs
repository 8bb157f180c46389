// edition:2021
use std::fmt::Debug;
use std::sync::Arc;

/// Stores.
#[allow(unused)]
pub(crate) trait Repo<K>
where
    K: Debug + Send + Sync,
{
    /// Gets.
    #[must_use]
    async fn get(&self, key: &K) -> Option<u32>
//           ^^^ async_trait_not_dyn
    where
        K: Ord;

    // Puts.
    async fn put(&self, key: K, value: u32) -> bool { // always
//           --- so does this method
        // Nothing to do.
        let _ = (key, value);
        false
    }
}

struct Vecs(Vec<(String, u32)>);

impl Repo<String> for Vecs {
    #[inline]
    async fn get(&self, key: &String) -> Option<u32>
    where
        String: Ord,
    {
        rt::tick().await;
        for (name, value) in &self.0 {
            if name == key {
                return Some(*value);
            }
        }
        None
    }
}

struct App {
    repo: Arc<dyn Repo<String> + Send + Sync>,
//            ------------------------------ here it has to be one type for all
}

impl App {
    async fn sum(&self, keys: &[&str]) -> u32 {
        let mut sum = 0;
        for key in keys {
            sum += self.repo.get(&key.to_string()).await.unwrap_or(100);
        }
        sum
    }
}

fn main() {
    let app = App { repo: Arc::new(Vecs(vec![("a".to_string(), 5)])) };
    let handle = std::thread::spawn(move || {
        let sum = rt::block_on(app.sum(&["a", "b"]));
        let put = rt::block_on(app.repo.put("c".to_string(), 1));
        (sum, put)
    });
    println!("{:?}", handle.join().unwrap());
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
