// edition:2021
mod exec {
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

    // The runtime itself stays as it is.
    pub fn in_place<T>(work: impl FnOnce() -> T) -> T {
        work()
    }
}

async fn cost(item: u32) -> u32 {
    item * 3
}

fn main() {
    exec::block_on(async {
        let cost = exec::in_place(|| cost(2).await);
//                                   ^^^^^^^^^^^^^ await_in_sync_closure
        println!("{cost}");
    });
}
