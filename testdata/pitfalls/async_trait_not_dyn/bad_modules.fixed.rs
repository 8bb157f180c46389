// edition:2021
mod api {
    use std::future::Future;
    use std::pin::Pin;

    pub trait Client: Send + Sync {
        fn fetch<'a>(
            &'a self,
            url: &'a str,
        ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>>;
//               ^^^^^ async_trait_not_dyn
        fn close(self: Box<Self>) -> Pin<Box<dyn Future<Output = String> + Send>>;
//               ----- so does this method
    }

    #[derive(Debug)]
    pub struct Error(pub String);

    impl<T: Client + ?Sized + 'static> Client for Box<T> {
        fn fetch<'a>(
            &'a self,
            url: &'a str,
        ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>> {
            Box::pin(async move { (**self).fetch(url).await })
        }
        fn close(self: Box<Self>) -> Pin<Box<dyn Future<Output = String> + Send>> {
            Box::pin(async move {
                let _self = self;
                "boxed".to_string()
            })
        }
    }
}

mod imp {
    use super::api::{Client, Error};
    use std::future::Future;
    use std::pin::Pin;

    pub struct Http {
        pub base: String,
    }

    impl Client for Http {
        fn fetch<'a>(
            &'a self,
            url: &'a str,
        ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>> {
            Box::pin(async move {
                crate::rt::tick().await;
                if url.is_empty() {
                    return Err(Error("empty".to_string()));
                }
                Ok(format!("{}/{}", self.base, url))
            })
        }

        fn close(self: Box<Self>) -> Pin<Box<dyn Future<Output = String> + Send>> {
            Box::pin(async move { self.base })
        }
    }
}

use api::Client;

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::Pin;

    struct Mock;

    impl Client for Mock {
        fn fetch<'a>(
            &'a self,
            _url: &'a str,
        ) -> Pin<Box<dyn Future<Output = Result<String, api::Error>> + Send + 'a>> {
            Box::pin(async move { Ok(String::new()) })
        }
        fn close(self: Box<Self>) -> Pin<Box<dyn Future<Output = String> + Send>> {
            Box::pin(async move {
                let _self = self;
                String::new()
            })
        }
    }

    #[test]
    fn mock() {
        let client: Box<dyn Client> = Box::new(Mock);
        assert_eq!(rt::block_on(client.fetch("a")).unwrap(), "");
    }
}

struct App<'a> {
    client: &'a dyn Client,
//              ---------- here it has to be one type for all
}

impl<'a> App<'a> {
    async fn go(&self) -> usize {
        self.client.fetch("index").await.unwrap().len()
    }
}

fn main() {
    let http = imp::Http { base: "h".to_string() };
    let app = App { client: &http };
    println!("{}", rt::block_on(app.go()));
    println!("{:?}", rt::block_on(app.client.fetch("")));
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
