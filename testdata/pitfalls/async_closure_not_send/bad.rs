// edition:2021
fn every<F: AsyncFn(u32) -> bool + Send + Sync + 'static>(limit: u32, check: F) {
    rt::spawn(async move {
        for item in 0..limit {
            if !check(item).await {
//              ^^^^^^^^^^^ async_closure_not_send
                println!("stopped at {item}");
                return;
            }
        }
    });
}

async fn small(item: u32) -> bool {
    item < 2
}

fn main() {
    rt::block_on(async {
        every(5, small);
        every(5, async |item| small(item + 1).await);
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
