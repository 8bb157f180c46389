// edition:2024
trait Job {
    fn run(&self) -> impl Future<Output = u32>;
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^ future_overcaptures
}

struct Fixed(u32);

impl Job for Fixed {
    fn run(&self) -> impl Future<Output = u32> {
        let number = self.0 + 1;
        async move {
            rt::pause().await;
            number
        }
    }
}

fn start<J: Job>(make: impl Fn() -> J) -> u32 {
    let job = make();
    let work = job.run();
    drop(job);
    rt::block_on(work)
}

fn main() {
    println!("{}", start(|| Fixed(1)));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    pub async fn pause() {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await
    }
}
