// edition:2021
use std::future::Future;
use std::pin::Pin;

struct Site {
    name: String,
}

impl Site {
    fn title(&self, path: &str) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        async {
      //^^^^^^^ boxed_future_expected
            rt::pause().await;
            format!("{} {path}", self.name)
        }
    }

    fn length(&self, path: &str) -> impl Future<Output = usize> {
    //                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_captures_lifetime
        let title = self.title(path);
        async { title.await.len() }
    }
}

fn main() {
    let site = Site {
        name: "s".to_string(),
    };
    println!("{}", rt::block_on(site.title("/p")));
    println!("{}", rt::block_on(site.length("/p")));
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
