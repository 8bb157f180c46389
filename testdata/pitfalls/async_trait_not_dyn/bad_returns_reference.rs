// edition:2021
use std::error::Error;

trait Cache {
    async fn get(&self, key: &str) -> Option<&str>;
//           ^^^ async_trait_not_dyn
    async fn load<'k>(&mut self, key: &'k str) -> Result<&'k str, Box<dyn Error>>;
//           ---- so does this method
    async fn first(&self) -> &str;
//           ----- so does this method
}

struct One {
    key: String,
    value: String,
}

impl Cache for One {
    async fn get(&self, key: &str) -> Option<&str> {
        if self.key == key { Some(&self.value) } else { None }
    }

    async fn load<'k>(&mut self, key: &'k str) -> Result<&'k str, Box<dyn Error>> {
        rt::tick().await;
        let number: u32 = key.parse()?;
        self.value = number.to_string();
        Ok(key)
    }

    async fn first(&self) -> &str {
        &self.key
    }
}

fn main() {
    let mut cache: Box<dyn Cache> = Box::new(One { key: "k".into(), value: "v".into() });
//                         ----- here it has to be one type for all
    rt::block_on(async {
        println!("{:?}", cache.get("k").await);
        println!("{:?}", cache.load("12").await.is_ok());
        println!("{:?}", cache.load("zz").await.is_err());
        println!("{:?} {}", cache.get("k").await, cache.first().await);
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
