// edition:2021
use std::thread;

async fn crunch(part: u32) -> u32 {
    part * 2
}

fn next_part() -> u32 {
    7
}

// On a thread for work that blocks, or as a task: that is for its author to say.
pub async fn on_the_pool() -> u32 {
    rt::spawn_blocking(async { crunch(1).await }).await
    //                 ^^^^^ future_given_as_closure
}

// Who asks for the next part, the thread or the one that starts it, may matter.
pub fn of_a_call() -> u32 {
    thread::spawn(crunch(next_part())).join().unwrap()
    //            ^^^^^^ future_given_as_closure
}

fn main() {
    rt::block_on(async {
        rt::spawn(crunch(1)).await;
    });
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub async fn spawn_blocking<T, F: FnOnce() -> T + Send + 'static>(work: F) -> T {
        work()
    }

    pub async fn spawn<F: Future + Send + 'static>(work: F) -> F::Output {
        work.await
    }

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
