// edition:2018
use std::future::Future;
use std::time::Duration;

struct Ticker {
    period: Duration,
    limit: u64,
}

impl Ticker {
    // Stops when `on_tick` says so.
    fn start<F, Fut>(self, on_tick: F)
    where
        F: Fn(u64) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = bool> + Send,
    {
        rt::spawn(async move {
            for tick in 1..=self.limit {
                pause(self.period).await;
                if !on_tick(tick).await {
//                  ^^^^^^^^^^^^^ async_closure_not_send
                    return;
                }
            }
        })
    }
}

async fn pause(_period: Duration) {}

async fn beat(tick: u64) -> bool {
    println!("beat {}", tick);
    tick < 3
}

fn main() {
    rt::block_on(async {
        let ticker = Ticker { period: Duration::from_millis(1), limit: 10 };
        ticker.start(beat);
        let short = Ticker { period: Duration::ZERO, limit: 2 };
        short.start(|tick| async move { tick % 2 == 1 });
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
