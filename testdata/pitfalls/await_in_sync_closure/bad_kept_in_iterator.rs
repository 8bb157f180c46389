// edition:2021
// `next` is the standard library's, and cannot wait.
struct Steps<F: Fn(u32) -> u32> {
    step: F,
    at: u32,
}

impl<F: Fn(u32) -> u32> Iterator for Steps<F> {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        self.at = (self.step)(self.at);
        (self.at < 100).then_some(self.at)
    }
}

async fn triple(at: u32) -> u32 {
    at * 3
}

async fn run() {
    println!("{}", triple(2).await);
    for at in (Steps { step: |at| triple(at).await + 1, at: 0 }) {
//                                ^^^^^^^^^^^^^^^^ await_in_sync_closure
        println!("{at}");
    }
}

fn main() {
    rt::block_on(run());
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        struct Yield(bool);
        impl Future for Yield {
            type Output = ();
            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
                if self.0 {
                    return Poll::Ready(());
                }
                self.0 = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
        Yield(false).await;
    }
}
