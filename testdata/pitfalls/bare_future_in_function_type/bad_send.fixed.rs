// edition:2021
// `Send` is asked of the future and of the closure.
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

type Later = Box<dyn Fn(u32) -> Pin<Box<dyn Future<Output = u32> + Send>> + Send>;
//                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type

struct Hook {
    run: Arc<dyn Fn(&str, u32) -> Pin<Box<dyn Future<Output = String> + Send + '_>> + Send + Sync>,
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type
}

fn spawn<F: Future + Send + 'static>(future: F) -> F::Output {
    rt::block_on(future)
}

fn main() {
    let hook = Hook { run: Arc::new(|name, count| Box::pin(async move { name.repeat(count as usize) })) };
    let run = hook.run.clone();
    let text = spawn(async move { run("ab", 2).await });
    let later: Later = Box::new(|count| Box::pin(rt::after(count)));
    println!("{text} {}", spawn(async move { later(3).await }));
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

    pub async fn after(count: u32) -> u32 {
        tick().await;
        count
    }

    async fn tick() {
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
