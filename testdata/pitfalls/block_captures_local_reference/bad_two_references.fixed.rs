// edition:2021
use std::future::Future;
struct Row {
    cols: Vec<String>,
    id: u32,
}
fn pick(row: Row) -> impl Future<Output = usize> {
    println!("made");
    async move {
        let first = &row.cols[0];
        let id = &row.id;
        rt::pause().await;
        first.len() + *id as usize
    }
}
fn main() {
    println!(
        "{:?}",
        rt::block_on(pick(Row {
            cols: vec!["x".into()],
            id: 2
        }))
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
