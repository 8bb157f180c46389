// edition:2024
use std::pin::Pin;
use std::task::{Context, Poll};

fn select_all<F: Future + Unpin>(futures: impl IntoIterator<Item = F>) -> SelectAll<F> {
    SelectAll { inner: futures.into_iter().collect() }
}

struct SelectAll<F> {
    inner: Vec<F>,
}

impl<F: Future + Unpin> Future for SelectAll<F> {
    type Output = (F::Output, usize, Vec<F>);
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        for i in 0..self.inner.len() {
            if let Poll::Ready(value) = Pin::new(&mut self.inner[i]).poll(cx) {
                self.inner.swap_remove(i);
                let rest = std::mem::take(&mut self.inner);
                return Poll::Ready((value, i, rest));
            }
        }
        Poll::Pending
    }
}

async fn ping(host: &str) -> usize {
    for _ in 0..host.len() {
        rt::yield_now().await;
    }
    host.len()
}

async fn fastest(hosts: &[&str]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut running: Vec<_> = hosts.iter().map(|host| ping(host)).collect();
    while !running.is_empty() {
        let (value, _, rest) = select_all(running).await;
        //                     ^^^^^^^^^^^^^^^^^^^ future_not_unpin
        order.push(value);
        running = rest;
    }
    order
}

fn main() {
    println!("{:?}", rt::block_on(fastest(&["long-host", "h", "host"])));
    let last = rt::block_on(async { select_all(["bb", "a"].map(ping)).await.0 });
    //                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_not_unpin
    println!("{last}");
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
