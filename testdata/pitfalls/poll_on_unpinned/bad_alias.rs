// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

type Step = Box<dyn Future<Output = Option<u32>> + Send>;

struct Machine {
    current: Step,
    history: Vec<u32>,
}

impl Machine {
    fn start() -> Machine {
        Machine {
            current: Box::new(step(0)),
            history: vec![],
        }
    }
}

impl Future for Machine {
    type Output = Vec<u32>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Vec<u32>> {
        loop {
            match self.current.poll(cx) {
            //                 ^^^^ poll_on_unpinned
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(std::mem::take(&mut self.history)),
                Poll::Ready(Some(n)) => {
                    self.history.push(n);
                    self.current = Box::new(step(n));
                }
            }
        }
    }
}

async fn step(n: u32) -> Option<u32> {
    rt::yield_now().await;
    (n < 3).then_some(n + 1)
}

fn main() {
    println!("{:?}", rt::block_on(Machine::start()));
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
