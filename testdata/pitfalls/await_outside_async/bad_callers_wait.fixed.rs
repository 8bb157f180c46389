// edition:2021
// All callers take the method for async already: one awaits, the others hand the future on.
use std::future::Future;

struct Joiner(u32);

impl Joiner {
    async fn wait(&self) -> u32 {
        self.0
    }
}

struct Subsystem {
    joiner: Joiner,
}

impl Subsystem {
    async fn join(&self) -> u32 {
        self.joiner.wait().await
        //                 ^^^^^ await_outside_async
    }
}

async fn within<F: Future>(_seconds: u64, future: F) -> F::Output {
    future.await
}

macro_rules! race {
    ($future:expr) => {
        within(1, $future).await
    };
}

async fn all(one: &Subsystem) -> u32 {
    let first = race!(one.join());
    let later = one.join();
    let second = within(2, later).await;
    first + second + one.join().await
}

fn main() {
    println!("{}", block_on(all(&Subsystem { joiner: Joiner(4) })));
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
