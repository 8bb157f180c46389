// edition:2021

async fn each<F>(items: &[String], f: F)
where
    F: AsyncFn(&String),
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
    rt::block_on(each(&items, async move |item| {
//                                        ^^^^^^^^^^^^ closure_returns_borrowing_future
        show(prefix, item).await;
    }));
    rt::block_on(each(&items, async |item| show(prefix, item).await));
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
