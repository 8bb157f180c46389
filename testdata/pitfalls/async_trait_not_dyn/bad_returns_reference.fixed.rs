// edition:2021
use std::error::Error;
use std::future::Future;
use std::pin::Pin;

trait Cache {
    fn get<'a>(&'a self, key: &'a str) -> Pin<Box<dyn Future<Output = Option<&'a str>> + 'a>>;
//           ^^^ async_trait_not_dyn
    fn load<'a, 'fut, 'k>(
        &'a mut self,
        key: &'k str,
    ) -> Pin<Box<dyn Future<Output = Result<&'k str, Box<dyn Error>>> + 'fut>>
    where
        'k: 'fut,
        'a: 'fut;
//           ---- so does this method
    fn first(&self) -> Pin<Box<dyn Future<Output = &str> + '_>>;
//           ----- so does this method
}

struct One {
    key: String,
    value: String,
}

impl Cache for One {
    fn get<'a>(&'a self, key: &'a str) -> Pin<Box<dyn Future<Output = Option<&'a str>> + 'a>> {
        Box::pin(async move {
            let value: Option<&str> = if self.key == key { Some(&self.value) } else { None };
            value
        })
    }

    fn load<'a, 'fut, 'k>(
        &'a mut self,
        key: &'k str,
    ) -> Pin<Box<dyn Future<Output = Result<&'k str, Box<dyn Error>>> + 'fut>>
    where
        'k: 'fut,
        'a: 'fut,
    {
        Box::pin(async move {
            rt::tick().await;
            let number: u32 = key.parse()?;
            self.value = number.to_string();
            Ok::<&'k str, Box<dyn Error>>(key)
        })
    }

    fn first(&self) -> Pin<Box<dyn Future<Output = &str> + '_>> {
        Box::pin(async move {
            let value: &str = &self.key;
            value
        })
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
