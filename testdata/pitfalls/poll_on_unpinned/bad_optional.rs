// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Once<F> {
    inner: Option<F>,
}

impl<F: Future> Future for Once<F> {
    type Output = Option<F::Output>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let inner = match self.inner.as_mut() {
            Some(inner) => inner,
            None => return Poll::Ready(None),
        };
        match Pin::new(inner).poll(cx) {
        //             ^^^^^ poll_on_unpinned
            Poll::Ready(value) => {
                self.inner = None;
                Poll::Ready(Some(value))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

fn once<F: Future>(future: F) -> Once<F> {
    Once { inner: Some(future) }
}

fn main() {
    let value = rt::block_on(once(async {
        rt::yield_now().await;
        3
    }));
    println!("{value:?}");
    println!("{:?}", rt::block_on(Once::<std::future::Ready<u8>> { inner: None }));
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
