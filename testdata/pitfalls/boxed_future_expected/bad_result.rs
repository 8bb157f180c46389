// edition:2021
use std::future::Future;
use std::pin::Pin;
type Fut<'a> = Pin<Box<dyn Future<Output = u32> + Send + 'a>>;
async fn sub(a: &u32, b: u32) -> u32 {
    rt::pause().await;
    a - b
}
struct S(u32);
impl S {
    fn one(&self) -> Fut<'_> {
        async move {
      //^^^^^^^^^^^^ boxed_future_expected
            rt::pause().await;
            self.0
        }
    }
    fn two(&self) -> Pin<Box<dyn Future<Output = u32> + Send + '_>> {
        sub(&self.0, 1)
      //^^^^^^^^^^^^^^^ boxed_future_expected
    }
    fn three(&self, n: u32) -> Fut<'_> {
        match n {
            0 => Box::pin(async { 0 }),
            1 => async { 1 },
            //   ^^^^^^^^^^^ boxed_future_expected
            _ => sub(&self.0, 0),
        }
    }
    fn four(&self, n: u32) -> Fut<'_> {
        if n == 0 {
            return async { 7 };
            //     ^^^^^^^^^^^ boxed_future_expected
        }
        Box::new(async move { n })
    }
    fn five(&self) -> Fut<'_> {
        let work = async move { self.0 + 5 };
        work
      //^^^^ boxed_future_expected
    }
}
fn main() {
    let s = S(4);
    println!(
        "{} {} {} {} {}",
        rt::block_on(s.one()),
        rt::block_on(s.two()),
        rt::block_on(s.three(1)),
        rt::block_on(s.four(1)),
        rt::block_on(s.five())
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
