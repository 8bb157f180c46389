// edition:2021
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

#[derive(Debug)]
struct Bad(u32);
impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bad {}", self.0)
    }
}
impl Error for Bad {}

trait Step {
    fn run(&self, input: u32) -> Pin<Box<dyn Future<Output = Result<u32, Box<dyn Error>>> + '_>>;
//           ^^^ async_trait_not_dyn
    fn next(&self) -> Pin<Box<dyn Future<Output = Option<Box<dyn Step>>> + '_>>;
//           ---- so does this method
//                          --------------------- here it has to be one type for all
}

struct Half;
struct Inc(u32);

impl Step for Half {
    fn run(&self, input: u32) -> Pin<Box<dyn Future<Output = Result<u32, Box<dyn Error>>> + '_>> {
        Box::pin(async move {
            rt::tick().await;
            if input % 2 == 1 {
                return Err::<u32, Box<dyn Error>>(Box::new(Bad(input)));
            }
            Ok(input / 2)
        })
    }

    fn next(&self) -> Pin<Box<dyn Future<Output = Option<Box<dyn Step>>> + '_>> {
        Box::pin(async move { Some::<Box<dyn Step>>(Box::new(Inc(3))) })
    }
}

impl Step for Inc {
    fn run(&self, input: u32) -> Pin<Box<dyn Future<Output = Result<u32, Box<dyn Error>>> + '_>> {
        Box::pin(async move {
            let extra: u32 = "5".parse()?;
            Ok::<u32, Box<dyn Error>>(input + extra + self.0)
        })
    }

    fn next(&self) -> Pin<Box<dyn Future<Output = Option<Box<dyn Step>>> + '_>> {
        Box::pin(async move { None })
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
