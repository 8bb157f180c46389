// edition:2021
use std::future::Future;
struct Shard {
    rows: Vec<(String, u32)>,
}
impl Shard {
    fn lookup(&self, key: &str) -> impl Future<Output = Option<u32>> + Send {
    //                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_captures_lifetime
        println!("asked for {key}");
        async move {
            rt::pause().await;
            self.rows.iter().find(|(k, _)| k == key).map(|(_, v)| *v)
        }
    }
}
fn main() {
    let s = Shard {
        rows: vec![("a".into(), 3)],
    };
    println!("{:?}", rt::block_on(s.lookup("a")));
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
