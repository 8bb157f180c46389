// edition:2021

struct Job {
    name: String,
}

async fn run_all<F: AsyncFn(&Job) -> usize>(jobs: &[Job], run: F) -> usize {
    let mut sum = 0;
    for job in jobs {
        sum += run(job).await;
    }
    sum
}

async fn size(name: &str) -> usize {
    name.len()
}

fn main() {
    let jobs = [Job { name: "one".into() }, Job { name: "three".into() }];
    let sum = rt::block_on(run_all(&jobs, async |job| size(&job.name).await));
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
    println!("{sum}");
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
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
}
