// edition:2021
use std::future::Future;
use std::sync::Arc;

struct Request {
    path: String,
}

fn serve<F, Fut>(requests: Vec<Request>, handler: F)
where
    F: Fn(&Request) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = String> + Send,
{
    let handler = Arc::new(handler);
    for request in requests {
        let handler = handler.clone();
        rt::spawn(async move {
            println!("{}", handler(&request).await);
        });
    }
}

async fn render(path: &str) -> String {
    format!("<{path}>")
}

fn main() {
    rt::block_on(async {
        let requests = vec![Request { path: "a".into() }, Request { path: "b".into() }];
        serve(requests, |request| async move { render(&request.path).await });
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
    });
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::Mutex;
    use std::task::{Context, Poll, Waker};

    type Task = Pin<Box<dyn Future<Output = ()> + Send>>;
    static QUEUE: Mutex<Vec<Task>> = Mutex::new(Vec::new());

    pub fn spawn<F: Future<Output = ()> + Send + 'static>(future: F) {
        QUEUE.lock().unwrap().push(Box::pin(future));
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        let value = loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                break value;
            }
        };
        loop {
            let tasks = std::mem::take(&mut *QUEUE.lock().unwrap());
            if tasks.is_empty() {
                return value;
            }
            for mut task in tasks {
                while task.as_mut().poll(&mut context).is_pending() {}
            }
        }
    }
}
