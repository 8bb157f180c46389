// edition:2021
use std::future::Future;
use std::pin::Pin;

type Reply = Pin<Box<dyn Future<Output = usize>>>;

async fn serve<F>(paths: &[String], handler: F) -> usize
where
    F: Fn(&str) -> Reply,
{
    let mut sum = 0;
    for path in paths {
        sum += handler(path).await;
    }
    sum
}

async fn measure(path: &str) -> usize {
    path.len()
}

fn main() {
    let paths = vec!["a".to_string(), "bcd".to_string()];
    let sum = rt::block_on(serve(&paths, |path| Box::pin(async move { measure(path).await })));
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
    println!("{sum}");
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
