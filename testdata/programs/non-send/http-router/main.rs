use std::collections::HashMap;
use std::sync::Arc;

struct Request {
    path: String,
    query: Option<String>,
}

trait Handler {
    fn handle(&self, request: &Request) -> String;
}

impl<F: Fn(&Request) -> String> Handler for F {
    fn handle(&self, request: &Request) -> String {
        self(request)
    }
}

struct Hello;
impl Handler for Hello {
    fn handle(&self, request: &Request) -> String {
        format!("hello {}", request.query.as_deref().unwrap_or("world"))
    }
}

#[derive(Default)]
struct Router {
    routes: HashMap<String, Box<dyn Handler>>,
}

impl Router {
    fn route(mut self, path: &str, handler: Box<dyn Handler>) -> Self {
        self.routes.insert(path.to_string(), handler);
        self
    }

    async fn dispatch(&self, request: Request) -> String {
        match self.routes.get(&request.path) {
            Some(handler) => handler.handle(&request),
            None => not_found(&request.path).await,
        }
    }
}

async fn not_found(path: &str) -> String {
    format!("404 {path}")
}

fn main() {
    let routes = Router::default()
        .route("/hello", Box::new(Hello))
        .route("/len", Box::new(|r: &Request| r.path.len().to_string()));
    let routes = Arc::new(routes);
    for url in ["/hello", "/hello?ferris", "/len", "/none"] {
        let (path, query) = match url.split_once('?') {
            Some((path, query)) => (path.to_string(), Some(query.to_string())),
            None => (url.to_string(), None),
        };
        let routes = Arc::clone(&routes);
        let answer = server::spawn(async move { routes.dispatch(Request { path, query }).await });
        println!("{}", answer.join().unwrap());
    }
}

mod server {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }
}
