// edition:2021
use std::future::Future;
use std::pin::Pin;
struct View<'d> {
    data: &'d [u32],
}
impl<'d> View<'d> {
    fn count<'a>(
        &'a self,
        wanted: &u32,
        times: u32,
    ) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ boxed_future_lifetime
        Box::pin(async move {
            rt::pause().await;
            self.data.iter().filter(|n| *n == wanted).count() * times as usize
        })
    }
}
fn main() {
    println!("{}", rt::block_on(View { data: &[1, 1] }.count(&1, 2)));
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
