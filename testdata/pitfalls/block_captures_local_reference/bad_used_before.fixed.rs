// edition:2021
use std::future::Future;
use std::pin::Pin;

struct Job {
    name: String,
}

fn start(job: Job) -> Pin<Box<dyn Future<Output = usize>>> {
    let name = job.name.as_str();
    //         ^^^^^^^^ block_captures_local_reference
    println!("starting {name}");
    Box::pin(async move {
        let name = job.name.as_str();
        name.len()
    })
}

fn main() {
    println!(
        "{}",
        rt::block_on(start(Job {
            name: "ab".to_string()
        }))
    );
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
}
