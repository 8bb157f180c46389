// edition:2021

async fn each<F>(items: &[u32], mut f: F)
where
    F: AsyncFnMut(u32),
{
    for item in items {
        f(*item).await;
    }
}

fn main() {
    let mut n = 0;
    rt::block_on(each(&[1, 2], async |item| n += item));
//                             ^^^^^^^^^^^^^^^^^^^^^^ async_closure_kind
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
