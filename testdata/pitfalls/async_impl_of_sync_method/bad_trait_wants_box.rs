// edition:2021
use std::fmt::Debug;

mod store {
    use std::future::Future;
    use std::pin::Pin;

    pub struct Lost(pub String);
    pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Lost>> + 'a>>;

    pub trait Store<K> {
        fn put<'a>(&'a mut self, key: K, text: &'a str) -> Pending<'a, usize>
        where
            K: 'a;
        fn take<'a, T>(&'a mut self, key: &'a K, into: T) -> Pending<'a, T>
        where
            T: From<String> + 'a;
    }
}

mod memory {
    use crate::store::Store;
    use std::collections::BTreeMap;

    pub struct Memory<'a> {
        pub name: &'a str,
        pub rows: BTreeMap<u32, String>,
    }

    impl<'a> Store<u32> for Memory<'a> {
        async fn put(&mut self, key: u32, words: &str) -> Result<usize, crate::store::Lost> {
//               ^^^ async_impl_of_sync_method
            crate::rt::tick().await;
            if words.is_empty() {
                return Err(crate::store::Lost(self.name.to_string()));
            }
            self.rows.insert(key, words.to_string());
            Ok(self.rows.len())
        }

        async fn take<T>(&mut self, key: &u32, mut into: T) -> Result<T, crate::store::Lost>
//               ^^^^ async_impl_of_sync_method
        where
            T: From<String>,
        {
            if let Some(text) = self.rows.remove(key) {
                into = T::from(text);
            }
            Ok(into)
        }
    }
}

/// Says each thing twice.
struct Loud;

impl store::Store<String> for Loud {
    async fn put(&mut self, key: String, text: &str) -> Result<usize, store::Lost> {
//           ^^^ async_impl_of_sync_method
        println!("put {key} {key}");
        Ok(text.len())
    }

    fn take<'a, T>(&'a mut self, key: &'a String, into: T) -> store::Pending<'a, T>
    where
        T: From<String> + 'a,
    {
        println!("take {key} {key}");
        Box::pin(async move { Ok(into) })
    }
}

async fn fill<K: Debug>(store: &mut impl store::Store<K>, key: K, text: &str) {
    match store.put(key, text).await {
        Ok(count) => println!("{count}"),
        Err(store::Lost(name)) => println!("lost in {name}"),
    }
}

fn main() {
    use store::Store;
    let mut memory = memory::Memory { name: "memory", rows: Default::default() };
    rt::block_on(async {
        fill(&mut memory, 1, "one").await;
        fill(&mut memory, 2, "").await;
        fill(&mut Loud, "k".to_string(), "three").await;
        let one: Option<String> = memory.take(&1, String::new()).await.ok();
        println!("{one:?} {}", Loud.take(&"k".to_string(), String::from("x")).await.is_ok());
    });
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
