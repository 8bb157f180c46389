// edition:2021
use std::future::Future;

async fn each<F, Fut>(items: &[String], f: F)
where
    F: Fn(&String) -> Fut,
    Fut: Future<Output = ()>,
{
    for item in items {
        f(item).await;
    }
}

async fn show(prefix: &str, item: &str) {
    println!("{prefix}{item}");
}

fn main() {
    let items = ["a".to_string()];
    let prefix = String::from("> ");
    let prefix = &prefix;
    rt::block_on(each(&items, move |item| async move {
//                                        ^^^^^^^^^^^^ closure_returns_borrowing_future
        show(prefix, item).await;
    }));
    rt::block_on(each(&items, |item| async { show(prefix, item).await }));
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
