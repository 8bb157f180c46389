// edition:2021
use std::future::Future;

async fn each<F, Fut>(items: &[u32], f: F)
where
    F: Fn(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    for item in items {
        f(*item).await;
    }
}

async fn show(prefix: &str, item: u32) {
    println!("{prefix}{item}");
}

fn main() {
    let prefix = String::from("> ");
    rt::block_on(each(&[1, 2], |item| {
        let prefix = prefix.clone();
        async move {
            show(&prefix, item).await;
    //            ^^^^^^ closure_moves_capture
        }
    }));
    println!("{prefix}");
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
