// edition:2021
use std::sync::Arc;

struct Job {
    name: Arc<str>,
    input: Arc<Vec<u32>>,
}

async fn run(job: Job) -> usize {
    job.name.len() + job.input.len()
}

fn jobs(names: &[&str]) -> Vec<Job> {
    let input = Arc::new(vec![1, 2, 3]);
    names
        .iter()
        .map(|name| Job { name: Arc::from(*name), input: input.clone() })
        //                                               ^^^^^^^^^^^^^ rc_meets_arc
        .collect()
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    for job in jobs(&["a", "bc"]) {
        println!("{}", block_on(run(job)));
    }
}
