// edition:2018
use std::future::Future;
use std::{collections::HashMap, time::Duration};

struct Cache {
    rows: HashMap<String, u64>,
}

impl Cache {
    // Looked up by name.
    pub(crate) fn age(&self, name: &str, unit: Duration) -> impl Future<Output = Option<u64>> {
    //                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_captures_lifetime
        async move {
            // One turn for the others.
            rt::pause().await;
            let age = self.rows.get(name)?;
            Some(age / unit.as_secs())
        }
    }

    fn clear(&mut self, except: &str) -> impl Future<Output = ()> {
    //                                   ^^^^^^^^^^^^^^^^^^^^^^^^ future_captures_lifetime
        async move {
            rt::pause().await;
            self.rows.retain(|name, _| name == except);
        }
    }
}

fn main() {
    let mut cache = Cache {
        rows: HashMap::new(),
    };
    cache.rows.insert("a".to_string(), 120);
    println!(
        "{:?}",
        rt::block_on(cache.age("a", Duration::from_secs(60)))
    );
    rt::block_on(cache.clear("b"));
    println!("{}", cache.rows.len());
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    pub async fn pause() {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await
    }
}
