// edition:2021
use std::sync::LazyLock;

async fn load() -> Vec<u32> {
    vec![2, 3]
}

static PRIMES: LazyLock<Vec<u32>> = LazyLock::new(|| rt::block_on(load()));
//                                                   ^^^^^^^^^^^^ await_in_sync_closure

fn main() {
    println!("{} {}", PRIMES.len(), PRIMES[0]);
    println!("{}", rt::block_on(load()).len());
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
