// edition:2021
use std::error::Error;
use std::fmt;

#[derive(Debug)]
struct Bad(u32);
impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bad {}", self.0)
    }
}
impl Error for Bad {}

trait Step {
    async fn run(&self, input: u32) -> Result<u32, Box<dyn Error>>;
//           ^^^ async_trait_not_dyn
    async fn next(&self) -> Option<Box<dyn Step>>;
//           ---- so does this method
//                          --------------------- here it has to be one type for all
}

struct Half;
struct Inc(u32);

impl Step for Half {
    async fn run(&self, input: u32) -> Result<u32, Box<dyn Error>> {
        rt::tick().await;
        if input % 2 == 1 {
            return Err(Box::new(Bad(input)));
        }
        Ok(input / 2)
    }

    async fn next(&self) -> Option<Box<dyn Step>> {
        Some(Box::new(Inc(3)))
    }
}

impl Step for Inc {
    async fn run(&self, input: u32) -> Result<u32, Box<dyn Error>> {
        let extra: u32 = "5".parse()?;
        Ok(input + extra + self.0)
    }

    async fn next(&self) -> Option<Box<dyn Step>> {
        None
    }
}

async fn run_all(first: Box<dyn Step>, mut value: u32) -> Result<u32, Box<dyn Error>> {
    let mut step = Some(first);
    while let Some(current) = step {
        value = current.run(value).await?;
        step = current.next().await;
    }
    Ok(value)
}

fn main() {
    for value in [4, 5] {
        match rt::block_on(run_all(Box::new(Half), value)) {
            Ok(value) => println!("{value}"),
            Err(error) => println!("{error}"),
        }
    }
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
