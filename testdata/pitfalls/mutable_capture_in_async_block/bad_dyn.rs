// edition:2021
use std::future::Future;
use std::pin::Pin;

async fn show(words: &mut Vec<u32>, n: u32) {
    words.push(n);
    println!("{words:?}");
}

fn main() {
    let mut words = Vec::new();
    let mut f: Box<dyn FnMut(u32) -> Pin<Box<dyn Future<Output = ()>>>> = Box::new(move |n| {
        Box::pin(async move { show(&mut words, n).await })
//               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mutable_capture_in_async_block
    });
    rt::block_on(async {
        f(1).await;
        f(2).await;
    });
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
