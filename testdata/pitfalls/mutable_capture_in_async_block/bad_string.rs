// edition:2021
use std::future::Future;

async fn each<F, Fut>(items: &[u32], mut f: F)
where
    F: FnMut(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    for item in items {
        f(*item).await;
    }
}

async fn name(item: u32) -> String {
    format!("<{item}>")
}

fn main() {
    let mut log = String::new();
    rt::block_on(each(&[1, 2], |item| async move {
//                                    ^^^^^^^^^^^^ mutable_capture_in_async_block
        log.push_str(&name(item).await);
    }));
    println!("{log}");
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
