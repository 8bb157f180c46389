// edition:2021
// The helper exists; Drop only awaits it.
struct Session {
    name: String,
}

impl Session {
    fn new(name: &str) -> Self {
        Session { name: name.to_string() }
    }

    async fn log_out(&self) {
        rt::yield_now().await;
        println!("{} logs out", self.name);
    }
}

async fn visit(name: &str) -> usize {
    let session = Session::new(name);
    rt::yield_now().await;
    let result = session.name.len();
    session.log_out().await;
    result
}

fn main() {
    println!("{}", rt::block_on(visit("ada")));
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
