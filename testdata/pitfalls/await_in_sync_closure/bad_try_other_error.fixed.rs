// edition:2021
// The closure has an error type of its own, through which everything goes that ends it: its
// `?` may not leave the function at once.
#[derive(Debug)]
struct Leak(String);

#[derive(Debug)]
struct Report(String);

impl From<String> for Leak {
    fn from(text: String) -> Self {
        Leak(format!("leak: {text}"))
    }
}

impl From<Leak> for Report {
    fn from(leak: Leak) -> Self {
        Report(leak.0)
    }
}

impl From<String> for Report {
    fn from(text: String) -> Self {
        Report(text)
    }
}

async fn inspect(tank: u32) -> Result<u32, String> {
    if tank > 2 {
        Err(format!("tank {tank}"))
    } else {
        Ok(tank)
    }
}

async fn round(tanks: &[u32]) -> Result<u32, Report> {
    let mut level = 0;
    for tank in tanks.iter() {
        async {
            level += inspect(*tank).await?;
        //               ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            Ok::<_, Leak>(())
        }
        .await?;
    }
    Ok(level)
}

fn main() {
    println!("{:?}", rt::block_on(round(&[1, 2])));
    println!("{:?}", rt::block_on(round(&[1, 3])));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
