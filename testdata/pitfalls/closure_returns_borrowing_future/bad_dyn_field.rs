// edition:2021
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

struct Context {
    user: String,
}

struct Router {
    routes: HashMap<&'static str, Box<dyn Fn(&Context) -> Pin<Box<dyn Future<Output = String>>>>>,
}

impl Router {
    fn on(&mut self, path: &'static str, f: impl Fn(&Context) -> Pin<Box<dyn Future<Output = String>>> + 'static) {
        self.routes.insert(path, Box::new(f));
    }
}

async fn hello(name: &str) -> String {
    format!("hello {name}")
}

fn main() {
    let mut router = Router { routes: HashMap::new() };
    router.on("/", |context| Box::pin(async move { hello(&context.user).await }));
//                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
    let context = Context { user: "ann".into() };
    println!("{}", rt::block_on((router.routes["/"])(&context)));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
