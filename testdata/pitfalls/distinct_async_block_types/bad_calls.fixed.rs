// edition:2021
// Calls in a macro's arguments, an arm that gives no value, and a list of values.
async fn near() -> u32 {
    rt::pause().await;
    3
}

async fn far(n: u32) -> u32 {
    rt::pause().await;
    n * 10
}

async fn all() -> u32 {
    let legs: Vec<std::pin::Pin<Box<dyn std::future::Future<Output = _> + Send>>> = vec![Box::pin(near()), Box::pin(far(2)), Box::pin(far(3))];
    //                      ^^^^^^ distinct_async_block_types
    let mut sum = 0;
    for leg in legs {
        sum += leg.await;
    }
    sum
}

async fn leg(kind: u8) -> Result<u32, String> {
    let way: std::pin::Pin<Box<dyn std::future::Future<Output = _> + Send>> = match kind {
        0 => Box::pin(near()),
        1 => Box::pin(far(1)),
        //   ^^^^^^ distinct_async_block_types
        2 => unreachable!(),
        _ => return Err(format!("no way {kind}")),
    };
    println!("on the way");
    Ok(way.await)
}

async fn lengths() -> Vec<u32> {
    let mut lengths = vec![1u32];
    lengths.extend([near().await, far(5).await]);
    //                      ^^^^^^ distinct_async_block_types
    lengths
}

fn main() {
    println!("{}", rt::block_on(all()));
    println!("{:?} {:?}", rt::block_on(leg(1)), rt::block_on(leg(3)));
    println!("{:?}", rt::block_on(lengths()));
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
