// edition:2021
struct Job(u32);

impl Job {
    async fn make(n: u32) -> Job {
        let job = Job(n);
        rt::yield_now().await;
        job
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        rt::yield_now().await;
      //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
        println!("done {}", self.0);
    }
}

async fn run(n: u32) -> u32 {
    let job = Job::make(n).await;
    if n > 1 {
        return job.0 * 10;
    }
    log(&job).await
}

async fn log(job: &Job) -> u32 {
    println!("log {}", job.0);
    job.0
}

fn main() {
    println!("{}", rt::block_on(run(1)));
    println!("{}", rt::block_on(run(2)));
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
