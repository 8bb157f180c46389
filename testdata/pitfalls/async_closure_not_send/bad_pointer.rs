// edition:2021
use std::sync::Arc;

struct Request {
    path: String,
}

fn serve<F>(handler: Arc<F>, requests: Vec<Request>)
where
    F: AsyncFn(&Request) -> String + Send + Sync + 'static,
{
    for request in requests {
        let handler = handler.clone();
        rt::spawn(async move {
            println!("{}", handler(&request).await);
//                         ^^^^^^^^^^^^^^^^^ async_closure_not_send
        });
    }
}

async fn index(request: &Request) -> String {
    request.path.clone()
}

fn main() {
    rt::block_on(async {
        let requests = vec![Request { path: "/a".into() }];
        serve(Arc::new(async |request: &Request| index(request).await), requests);
        let requests = vec![Request { path: "/b".into() }];
        serve(Arc::new(index), requests);
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
