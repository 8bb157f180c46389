// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Group<F: Future> {
    running: Vec<Pin<Box<F>>>,
    done: Vec<F::Output>,
}

impl<F: Future> Group<F> {
    pub fn from_iter(futures: impl IntoIterator<Item = F>) -> Self {
        Group {
            running: futures.into_iter().map(Box::pin).collect(),
            done: Vec::new(),
        }
    }
}

impl<F: Future> Future for Group<F>
where
    F::Output: Unpin,
{
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut index = 0;
        while index < self.running.len() {
            match self.running[index].as_mut().poll(cx) {
            //             ^^^^^^^^^^^^^^^^^^^^^^^^ poll_on_unpinned
                Poll::Ready(value) => {
                    self.done.push(value);
                    self.running.swap_remove(index);
                }
                Poll::Pending => index += 1,
            }
        }
        if self.running.is_empty() {
            Poll::Ready(std::mem::take(&mut self.done))
        } else {
            Poll::Pending
        }
    }
}

async fn slow(n: usize) -> usize {
    for _ in 0..n {
        rt::yield_now().await;
    }
    n
}

fn main() {
    println!("{:?}", rt::block_on(Group::from_iter([3, 1, 2].map(slow))));
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
