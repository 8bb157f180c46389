// edition:2021
use std::fmt;
use std::io;

#[derive(Debug)]
enum StoreError {
    Missing(u32),
    Io(io::Error),
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Missing(id) => write!(out, "no row {id}"),
            StoreError::Io(error) => write!(out, "{error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        StoreError::Io(error)
    }
}

type Result<T> = std::result::Result<T, StoreError>;

struct Store;

impl Store {
    async fn row(&self, id: u32) -> Result<u32> {
        rt::pause().await;
        if id > 1 {
            Err(StoreError::Missing(id))
        } else {
            Ok(id)
        }
    }
}

async fn flush() -> io::Result<()> {
    Ok(())
}

fn main() {
    let store = Store;
    for id in [1, 2] {
        let work = async {
            let row = store.row(id).await?;
            flush().await?;
            Ok(row)
          //^^^^^^^ untyped_question_mark_in_async_block
        };
        match rt::block_on(work) {
            Ok(row) => println!("row {row}"),
            Err(error) => println!("failed: {error}"),
        }
    }
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
