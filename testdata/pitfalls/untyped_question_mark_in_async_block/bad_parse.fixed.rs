// edition:2021
// std says what a `parse` gives; where it cannot be told, the function's own error is taken.
use std::num::ParseFloatError;

#[derive(Debug)]
struct Unread(String);

impl<E: std::error::Error> From<E> for Unread {
    fn from(error: E) -> Self {
        Unread(error.to_string())
    }
}

async fn mean(all: &[&str]) -> Result<f64, ParseFloatError> {
    let mut sum = 0.0;
    for text in all {
        let one = async {
            rt::pause().await;
            let value = text.trim().parse::<f64>()?;
            Ok::<_, ParseFloatError>(value)
          //^^^^^^^^^ untyped_question_mark_in_async_block
        };
        match one.await {
            Ok(value) => sum += value,
            Err(error) => println!("left out: {error}"),
        }
    }
    Ok(sum / all.len() as f64)
}

async fn level(text: &str) -> Result<u8, Unread> {
    let read = async {
        rt::pause().await;
        let number: u32 = text.parse()?;
        let small = u8::try_from(number)?;
        Ok::<_, Unread>(small)
      //^^^^^^^^^ untyped_question_mark_in_async_block
    };
    match read.await {
        Ok(small) => Ok(small),
        Err(error) => Err(error.into()),
    }
}

fn main() {
    println!("{:?}", rt::block_on(mean(&["1.5", "x", "3"])));
    println!("{:?}", rt::block_on(level("300")));
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
