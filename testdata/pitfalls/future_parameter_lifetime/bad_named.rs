// edition:2021
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
struct S(u32);
impl S {
    fn show<'a, T: Display>(&'a self, t: T) -> Pin<Box<dyn Future<Output = String> + 'a>> {
    //          ^^^^^^^^^^ future_parameter_lifetime
        Box::pin(async move {
            rt::pause().await;
            format!("{} {t}", self.0)
        })
    }
    fn show2<T: Display>(&self, t: T) -> Pin<Box<dyn Future<Output = String> + '_>> {
    //       ^^^^^^^^^^ future_parameter_lifetime
        Box::pin(async move {
            rt::pause().await;
            format!("{} {t}", self.0)
        })
    }
    fn run<F, Fut>(&self, f: F) -> Pin<Box<dyn Future<Output = u32> + '_>>
    //     ^ future_parameter_lifetime
    where
        F: FnOnce(u32) -> Fut,
        Fut: Future<Output = u32>,
    {
        Box::pin(async move { f(self.0).await })
    }
}
fn main() {
    println!(
        "{} {} {}",
        rt::block_on(S(1).show(1)),
        rt::block_on(S(1).show2(1)),
        rt::block_on(S(1).run(|x| async move { x + 1 }))
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
