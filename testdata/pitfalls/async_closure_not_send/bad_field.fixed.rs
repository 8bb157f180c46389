// edition:2021
struct Server<F> {
    handler: F,
}

impl<F, Fut> Server<F>
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: std::future::Future<Output = String> + Send,
{
    fn new(handler: F) -> Self {
        Server { handler }
    }

    fn run(self, requests: Vec<String>) {
        rt::spawn(async move {
            for request in requests {
                println!("{}", (self.handler)(request).await);
//                             ^^^^^^^^^^^^^^^^^^^^^^^ async_closure_not_send
            }
        });
    }
}

async fn echo(text: String) -> String {
    format!("<{text}>")
}

fn main() {
    rt::block_on(async {
        Server::new(echo).run(vec!["a".into(), "b".into()]);
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
