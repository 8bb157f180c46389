// edition:2021
// Tasks ask for the value: to wait in there stops a thread of their runtime, which is for the
// user to choose.
use std::sync::{LazyLock, OnceLock};

async fn load() -> Vec<u32> {
    vec![2, 3]
}

static PRIMES: LazyLock<Vec<u32>> = LazyLock::new(|| load().await);
//                                                   ^^^^^^^^^^^^ await_in_sync_closure
static MORE: OnceLock<Vec<u32>> = OnceLock::new();

async fn first() -> u32 {
    MORE.get_or_init(|| load().await)[0] + PRIMES[0]
//                      ^^^^^^^^^^^^ await_in_sync_closure
}

fn main() {
    println!("{}", rt::block_on(first()));
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
