// edition:2021
struct Guard(&'static str);

impl Guard {
    async fn enter(name: &'static str) -> Guard {
        rt::yield_now().await;
        println!("enter {name}");
        Guard(name)
    }
}

impl Drop for Guard {
    async fn drop(&mut self) {
    //       ^^^^ await_in_drop
        rt::yield_now().await;
        println!("leave {}", self.0);
    }
}

async fn work(stop: bool) {
    let _outer = Guard::enter("outer").await;
    if stop {
        println!("stopped");
        return;
    }
    let _inner = Guard::enter("inner").await;
    for n in 0..3 {
        let _step = Guard::enter("step").await;
        if n == 1 {
            break;
        }
        println!("step {n}");
    }
    println!("done");
}

fn main() {
    rt::block_on(work(true));
    rt::block_on(work(false));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
