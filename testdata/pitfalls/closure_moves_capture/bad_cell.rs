// edition:2021
use std::cell::Cell;
use std::future::Future;

async fn each<F, Fut>(f: F)
where
    F: Fn(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    f(1).await;
    f(2).await;
}

async fn add(sum: &Cell<u32>, n: u32) {
    sum.set(sum.get() + n);
}

fn main() {
    let sum = Cell::new(0);
    rt::block_on(each(|n| async move { add(&sum, n).await }));
//                                          ^^^ closure_moves_capture
    println!("{}", sum.get());
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
