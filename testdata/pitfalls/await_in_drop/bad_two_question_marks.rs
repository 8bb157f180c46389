// edition:2021
struct Txn(&'static str);

impl Txn {
    async fn start(name: &'static str) -> Result<Txn, String> {
        rt::yield_now().await;
        if name.is_empty() { Err("no name".into()) } else { Ok(Txn(name)) }
    }
    async fn step(&self, ok: bool) -> Result<(), String> {
        if ok { Ok(()) } else { Err(format!("{} failed", self.0)) }
    }
}

impl Drop for Txn {
    fn drop(&mut self) {
        rt::yield_now().await;
      //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
        println!("rollback {}", self.0);
    }
}

async fn both(second: &'static str, ok: bool) -> Result<u8, String> {
    let a = Txn::start("a").await?;
    let b = Txn::start(second).await?;
    a.step(true).await?;
    b.step(ok).await?;
    Ok(1)
}

fn main() {
    println!("{:?}", rt::block_on(both("b", true)));
    println!("{:?}", rt::block_on(both("b", false)));
    println!("{:?}", rt::block_on(both("", true)));
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
