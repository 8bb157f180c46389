// edition:2021
trait Loader {
    async fn load(&mut self, id: u32) -> Result<String, String>;
//     ---- the trait asks for the value itself
    fn reset(&mut self);
}

struct Remote {
    calls: u32,
}

impl Loader for Remote {
    async fn load(&mut self, id: u32) -> Result<String, String> {
//           ^^^^ async_impl_of_sync_method
        rt::tick().await;
        self.calls += 1;
        if id == 0 {
            return Err("zero".to_string());
        }
        Ok(format!("remote {id}"))
    }

    fn reset(&mut self) {
        self.calls = 0;
    }
}

struct Local;

impl Loader for Local {
    async fn load(&mut self, id: u32) -> Result<String, String> {
        Ok(format!("local {id}"))
    }

    fn reset(&mut self) {}
}

async fn both<A: Loader, B: Loader>(a: &mut A, b: &mut B, id: u32) -> Result<String, String> {
    let first = a.load(id).await?;
    let second = b.load(id).await.unwrap_or_default();
    a.reset();
    Ok(format!("{first}, {second}"))
}

fn main() {
    let mut remote = Remote { calls: 0 };
    rt::block_on(async {
        println!("{:?}", both(&mut remote, &mut Local, 1).await);
        println!("{:?}", both(&mut Local, &mut remote, 0).await);
        println!("{}", remote.calls);
    });
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
