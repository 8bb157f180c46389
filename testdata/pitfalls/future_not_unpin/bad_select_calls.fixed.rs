// edition:2024
use std::pin::Pin;
use std::task::{Context, Poll};

struct Select<A, B> {
    left: A,
    right: B,
}

impl<T, A: Future<Output = T> + Unpin, B: Future<Output = T> + Unpin> Future for Select<A, B> {
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        match Pin::new(&mut self.left).poll(cx) {
            Poll::Pending => Pin::new(&mut self.right).poll(cx),
            ready => ready,
        }
    }
}

fn select<T, A, B>(left: A, right: B) -> Select<A, B>
where
    A: Future<Output = T> + Unpin,
    B: Future<Output = T> + Unpin,
{
    Select { left, right }
}

struct Mirror {
    name: &'static str,
    delay: u32,
}

impl Mirror {
    async fn fetch(&self) -> String {
        for _ in 0..self.delay {
            rt::yield_now().await;
        }
        format!("from {}", self.name)
    }
}

async fn fastest(a: &Mirror, b: &Mirror) -> String {
    select(Box::pin(a.fetch()), Box::pin(b.fetch())).await
    //     ^^^^^^^^^ future_not_unpin
    //                ^^^^^^^^^ future_not_unpin
}

fn main() {
    let near = Mirror { name: "near", delay: 1 };
    let far = Mirror { name: "far", delay: 9 };
    println!("{}", rt::block_on(fastest(&far, &near)));
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
