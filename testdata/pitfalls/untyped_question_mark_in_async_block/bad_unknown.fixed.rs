// edition:2021
fn main() {
    for text in ["3", "x"] {
        let work = async {
            rt::pause().await;
            let number: u32 = text.parse()?;
            let small: u8 = number.try_into()?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(small)
          //^^^^^^^^^ untyped_question_mark_in_async_block
        };
        match rt::block_on(work) {
            Ok(small) => println!("{small}"),
            Err(error) => println!("{error}"),
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
