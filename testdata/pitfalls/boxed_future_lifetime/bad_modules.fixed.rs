// edition:2021
mod api {
    use std::future::Future;
    use std::pin::Pin;

    pub struct Request {
        pub path: String,
    }

    pub trait Handler: Sync {
        /// Answers one request.
        fn handle<'a>(
            &'a self,
            request: &'a Request,
            tries: u32,
        ) -> Pin<Box<dyn Future<Output = String> + Send + 'a>>;
    }
}

mod files {
    use crate::api::{Handler, Request};
    use std::{future::Future, pin::Pin};

    pub struct Files<'r> {
        pub root: &'r str,
    }

    impl<'r> Handler for Files<'r> {
        fn handle<'a>(
            &'a self,
            request: &'a Request,
            tries: u32,
        ) -> Pin<Box<dyn Future<Output = String> + Send + 'a>> {
        //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ boxed_future_lifetime
            let root = self.root;
            Box::pin(async move {
                for _ in 0..tries {
                    crate::rt::pause().await;
                }
                format!("{}{}", root, request.path)
            })
        }
    }

    pub struct Twice<H>(pub H);

    impl<H: Handler> Handler for Twice<H> {
        fn handle<'a>(
            &'a self,
            request: &'a Request,
            tries: u32,
        ) -> Pin<Box<dyn Future<Output = String> + Send + 'a>> {
            self.0.handle(request, tries * 2)
        }
    }
}

fn main() {
    use api::Handler;
    let handler = files::Twice(files::Files { root: "/srv" });
    let request = api::Request {
        path: "/a".to_string(),
    };
    println!("{}", rt::block_on(handler.handle(&request, 2)));
}

#[cfg(test)]
mod tests {
    use crate::api::{Handler, Request};
    use std::{future::Future, pin::Pin};

    struct Fixed;

    impl Handler for Fixed {
        fn handle<'a>(
            &'a self,
            _: &'a Request,
            _: u32,
        ) -> Pin<Box<dyn Future<Output = String> + Send + 'a>> {
            Box::pin(async { "fixed".to_string() })
        }
    }
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
