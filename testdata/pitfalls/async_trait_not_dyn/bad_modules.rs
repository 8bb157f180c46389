// edition:2021
mod api {
    pub trait Client: Send + Sync {
        async fn fetch(&self, url: &str) -> Result<String, Error>;
//               ^^^^^ async_trait_not_dyn
        async fn close(self: Box<Self>) -> String;
//               ----- so does this method
    }

    #[derive(Debug)]
    pub struct Error(pub String);

    impl<T: Client + ?Sized> Client for Box<T> {
        async fn fetch(&self, url: &str) -> Result<String, Error> {
            (**self).fetch(url).await
        }
        async fn close(self: Box<Self>) -> String {
            "boxed".to_string()
        }
    }
}

mod imp {
    use super::api::{Client, Error};

    pub struct Http {
        pub base: String,
    }

    impl Client for Http {
        async fn fetch(&self, url: &str) -> Result<String, Error> {
            crate::rt::tick().await;
            if url.is_empty() {
                return Err(Error("empty".to_string()));
            }
            Ok(format!("{}/{}", self.base, url))
        }

        async fn close(self: Box<Self>) -> String {
            self.base
        }
    }
}

use api::Client;

#[cfg(test)]
mod tests {
    use super::*;

    struct Mock;

    impl Client for Mock {
        async fn fetch(&self, _url: &str) -> Result<String, api::Error> {
            Ok(String::new())
        }
        async fn close(self: Box<Self>) -> String {
            String::new()
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
