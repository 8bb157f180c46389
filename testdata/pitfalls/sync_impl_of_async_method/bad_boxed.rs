// edition:2021
use std::future::Future;
use std::pin::Pin;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

trait Handler: Send + Sync {
    fn call<'a>(&'a self, request: &'a str) -> BoxFuture<'a, Result<String, String>>;
//     ---- the trait asks for a future in a box
//     ---- the trait promises a future of it
    fn name(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>>;
//     ---- the trait promises a future of it
//     ---- the trait asks for a future in a box
}

struct Echo;
struct Fail {
    why: String,
}

impl Handler for Echo {
    async fn call(&self, request: &str) -> Result<String, String> {
//           ^^^^ async_impl_of_sync_method
        rt::tick().await;
        Ok(request.to_string())
    }

    fn name(&self) -> String {
//     ^^^^ sync_impl_of_async_method
        "echo".to_string()
    }
}

impl Handler for Fail {
    fn call<'a>(&'a self, _request: &'a str) -> Result<String, String> {
//     ^^^^ sync_impl_of_async_method
        if self.why.is_empty() {
            return Ok(String::new());
        }
        Err(self.why.clone())
    }

    async fn name(&self) -> String {
//           ^^^^ async_impl_of_sync_method
        format!("fail {}", self.why)
    }
}

fn main() {
    let handlers: Vec<Box<dyn Handler>> = vec![Box::new(Echo), Box::new(Fail { why: "no".into() })];
    rt::block_on(async {
        for handler in &handlers {
            println!("{} {:?}", handler.name().await, handler.call("x").await);
        }
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
