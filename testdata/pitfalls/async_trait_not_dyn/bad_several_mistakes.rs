// edition:2021
use std::sync::Arc;

trait Mailer: Send + Sync {
    async fn send(&self, to: &str) -> bool;
//           ^^^^ async_trait_not_dyn
}

struct Fake;

impl Mailer for Fake {
    async fn send(&self, to: &str) -> bool {
        rt::tick().await;
        to.contains('@')
    }
}

struct Service {
    mailer: Arc<dyn Mailer>,
//              ---------- here it has to be one type for all
}

impl Service {
    async fn notify(&self, users: &[&str]) -> usize {
        let mut sent = 0;
        for user in users {
            if self.mailer.send(user) {
                sent += 1;
            }
        }
        sent
    }
}

fn main() {
    let service = Service { mailer: Arc::new(Fake) };
    println!("{}", rt::block_on(service.notify(&["a@b", "c"])));
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
