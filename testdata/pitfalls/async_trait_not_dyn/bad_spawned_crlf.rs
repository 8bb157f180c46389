// edition:2021
use std::sync::Arc;
use std::future::Future;

trait Task {
    async fn run(&self, id: u32) -> u32;
//           ^^^ async_trait_not_dyn
}

struct Double;
impl Task for Double {
    async fn run(&self, id: u32) -> u32 {
        rt::tick().await;
        id * 2
    }
}

fn spawn<F>(future: F) -> std::thread::JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    std::thread::spawn(|| rt::block_on(future))
}

type Shared = Arc<dyn Task + Send + Sync>;

fn main() {
    let task: Shared = Arc::new(Double);
//            ------ here it has to be one type for all
    let handles: Vec<_> = (0..3)
        .map(|id| {
            let task = Arc::clone(&task);
            spawn(async move { task.run(id).await })
        })
        .collect();
    for handle in handles {
        println!("{}", handle.join().unwrap());
    }
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
