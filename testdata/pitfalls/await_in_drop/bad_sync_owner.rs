// edition:2021
struct Handle(u8);

impl Drop for Handle {
    fn drop(&mut self) {
        rt::yield_now().await;
      //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
        println!("bye {}", self.0);
    }
}

fn use_sync() {
    let handle = Handle(1);
    println!("{}", handle.0);
}

async fn use_async() {
    let handle = Handle(2);
    println!("{}", handle.0);
}

fn main() {
    use_sync();
    rt::block_on(use_async());
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
