// edition:2021
use std::future::Future;

async fn each<F, Fut>(mut f: F)
where
    F: FnMut(&str) -> Fut,
    Fut: Future<Output = ()>,
{
    f("a").await;
    f("b").await;
}

async fn show(text: &str, n: u32) {
    println!("{text} {n}");
}

fn main() {
    let mut n = 0;
    rt::block_on(each(|text| async move {
//                           ^^^^^^^^^^^^ closure_returns_borrowing_future
        n += 1;
        show(text, n).await;
    }));
    println!("{n}");
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
