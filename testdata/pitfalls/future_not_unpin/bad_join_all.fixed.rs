// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct JoinAll<F: Future>(Vec<(F, Option<F::Output>)>);

impl<F> Future for JoinAll<F>
where
    F: Future + Unpin,
    F::Output: Unpin,
{
    type Output = Vec<F::Output>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut waiting = false;
        for (future, output) in &mut self.0 {
            if output.is_none() {
                match Pin::new(future).poll(cx) {
                    Poll::Ready(value) => *output = Some(value),
                    Poll::Pending => waiting = true,
                }
            }
        }
        if waiting {
            return Poll::Pending;
        }
        Poll::Ready(self.0.drain(..).filter_map(|(_, output)| output).collect())
    }
}

pub fn join_all<F>(futures: Vec<F>) -> JoinAll<F>
where
    F: Future + Unpin,
    F::Output: Unpin,
{
    JoinAll(futures.into_iter().map(|future| (future, None)).collect())
}

async fn square(n: u64) -> u64 {
    rt::yield_now().await;
    n * n
}

async fn squares() -> Vec<u64> {
    let listed = join_all(vec![Box::pin(square(1)), Box::pin(square(2))]).await;
    //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ future_not_unpin
    let counted = join_all((3..5).map(square).map(Box::pin).collect()).await;
    //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_not_unpin
    let tasks: Vec<_> = (5..7).map(|n| Box::pin(square(n))).collect();
    let more = join_all(tasks).await;
    //                  ^^^^^ future_not_unpin
    [listed, counted, more].concat()
}

fn main() {
    println!("{:?}", rt::block_on(squares()));
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
