// edition:2021
#[derive(Default)]
struct Batch {
    rows: Vec<u32>,
    limit: usize,
}

impl Batch {
    fn new() -> Batch {
        Batch::default()
    }

    fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    fn push(&mut self, row: u32) {
        if self.rows.len() < self.limit {
            self.rows.push(row);
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        rt::yield_now().await;
      //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
        println!("commit {rows:?}");
    }
}

async fn import() {
    let mut batch = Batch::new().limit(2);
    for row in [3, 1, 2] {
        batch.push(row);
    }
}

fn main() {
    rt::block_on(import());
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
