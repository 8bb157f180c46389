// edition:2021
use std::thread;

async fn crunch(part: Vec<u32>) -> u32 {
    part.iter().sum()
}

fn main() {
    let mut workers = Vec::new();
    for start in 0..3 {
        workers.push(thread::spawn(move || rt::block_on(async move { crunch(vec![start, 1]).await })));
//                                         ^^^^^^^^^^ missing_await
    }
    let mut total = 0;
    for worker in workers {
        total += worker.join().unwrap();
//            -- its output is needed here
    }
    println!("{total}");
    println!("{}", rt::block_on(crunch(vec![1])));
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
