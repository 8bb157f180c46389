// edition:2021
use std::future::Future;

async fn each<F, Fut>(mut f: F)
where
    F: FnMut(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    f(1).await;
    f(2).await;
}

async fn show(n: u32, word: Option<&str>) {
    println!("{n} {word:?}");
}

fn main() {
    let mut words = vec!["a", "b"].into_iter();
    rt::block_on(each(move |n| async move { show(n, words.next()).await }));
//                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mutable_capture_in_async_block
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
