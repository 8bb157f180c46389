// edition:2021
use std::future::Future;
struct Row {
    cols: Vec<String>,
}
fn pick(row: Row, at: usize) -> impl Future<Output = Option<String>> {
    //         ^^^^^^^^^ block_captures_local_reference
    async move {
        let cols = &row.cols;
        rt::pause().await;
        cols.get(at).cloned()
    }
}
fn main() {
    println!(
        "{:?}",
        rt::block_on(pick(
            Row {
                cols: vec!["x".into()]
            },
            0
        ))
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
