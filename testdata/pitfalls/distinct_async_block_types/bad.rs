// edition:2021
async fn a(n: u32) -> u32 {
    rt::pause().await;
    n
}
async fn b(n: u32) -> u32 {
    rt::pause().await;
    n + 1
}
async fn go(flag: bool) -> u32 {
    let fut = if flag {
        async { a(1).await }
    } else {
        async { b(2).await }
      //^^^^^^^^^^^^^^^^^^^^ distinct_async_block_types
    };
    fut.await
}
async fn go2(flag: bool) -> u32 {
    let fut = if flag { a(1) } else { b(2) };
    //                                ^^^^ distinct_async_block_types
    fut.await
}
async fn go3(n: u32) -> u32 {
    let fut = match n {
        0 => a(1),
        1 => b(2),
        //   ^^^^ distinct_async_block_types
        _ => async { 4 },
    };
    fut.await
}
fn main() {
    println!(
        "{} {} {}",
        rt::block_on(go(true)),
        rt::block_on(go2(true)),
        rt::block_on(go3(2))
    );
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    pub async fn pause() {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await
    }
}
