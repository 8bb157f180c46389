// edition:2021
struct Lock {
    name: char,
}

impl Drop for Lock {
    fn drop(&mut self) {
        unlock(self.name).await
      //^^^^^^^^^^^^^^^^^^^^^^^ await_in_drop
    }
}

async fn unlock(name: char) {
    rt::yield_now().await;
    println!("unlock {name}");
}

impl Lock {
    async fn acquire(name: char) -> Option<Lock> {
        rt::yield_now().await;
        if name == 'x' { None } else { Some(Lock { name }) }
    }

    fn close(&self) -> bool {
        self.name.is_ascii()
    }
}

async fn steps() -> bool {
    let first = Lock::acquire('a').await.unwrap();
    println!("has {}", first.name);
    drop(first);
    let Some(second) = Lock::acquire('b').await else {
        return false;
    };
    let is_closed = second.close();
    println!("{is_closed}");
    match Lock::acquire('x').await {
        Some(_) => false,
        None => true,
    }
}

fn main() {
    println!("{}", rt::block_on(async { steps().await }));
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
