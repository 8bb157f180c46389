// edition:2021
struct Temp {
    path: String,
}

impl Temp {
    async fn create(path: &str) -> Temp {
        rt::yield_now().await;
        println!("create {path}");
        Temp { path: path.to_owned() }
    }

    async fn remove(&mut self) {
        rt::yield_now().await;
        println!("remove {}", self.path);
    }
}

async fn build() -> String {
    let mut first = Temp::create("a").await;
    let mut second = Temp::create("b").await;
    let name = format!("{}{}", first.path, second.path);
    first.remove().await;
    println!("one left");
    second.remove().await;
    name
}

fn main() {
    println!("{}", rt::block_on(build()));
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
