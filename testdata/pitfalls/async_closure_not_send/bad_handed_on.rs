// edition:2021
async fn later<F>(job: F)
where
    F: AsyncFnOnce() -> u32,
{
    println!("{}", job().await);
//                 ^^^^^ async_closure_not_send
}

fn start<F>(job: F)
where
    F: AsyncFnOnce() -> u32 + Send + 'static,
{
    rt::spawn(async move {
        later(job).await;
    });
}

fn main() {
    rt::block_on(async {
        let data = vec![1, 2, 3];
        start(async move || data.iter().sum());
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
