// edition:2021
use std::future::Future;
use std::pin::Pin;

trait Job {
    fn run(&self) -> Pin<Box<dyn Future<Output = u32> + '_>>;
}

struct Double(u32);

async fn twice(n: u32) -> u32 {
    n * 2
}

impl Job for Double {
    fn run(&self) -> Pin<Box<dyn Future<Output = u32> + '_>> {
        Box::pin({ twice(self.0).await })
        //       ^ block_not_async
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{}", block_on(Double(4).run()));
}
