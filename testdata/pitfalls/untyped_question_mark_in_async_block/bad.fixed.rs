// edition:2021
#[derive(Debug)]
struct Failed;

async fn step(number: u32) -> Result<u32, Failed> {
    rt::pause().await;
    if number > 5 {
        Err(Failed)
    } else {
        Ok(number)
    }
}

fn main() {
    for number in [1, 7] {
        let work = async {
            let number = step(number).await?;
            println!("{number}");
            Ok::<_, Failed>(())
          //^^^^^^ untyped_question_mark_in_async_block
        };
        if rt::block_on(work).is_err() {
            println!("failed");
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
