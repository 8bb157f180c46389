// edition:2024
use std::time::Duration;

async fn pause(_: Duration) {}

struct Timer;

impl Timer {
    fn start<Fut: Future<Output = ()> + Send>(&self, job: impl Fn() -> Fut + Send + 'static) {
        rt::spawn(async move {
            pause(Duration::from_millis(1)).await;
            job().await;
//          ^^^^^ async_closure_not_send
        });
    }
}

fn main() {
    rt::block_on(async {
        let name = String::from("tick");
        Timer.start(move || {
            let name = name.clone();
            async move {
                println!("{name}");
            }
        });
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
