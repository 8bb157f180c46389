// edition:2018
use std::future::Future;

macro_rules! log {
    ($($arg:tt)*) => { println!($($arg)*) };
}

async fn visit<F, Fut, E>(names: &[&str], visitor: F) -> Result<(), E>
where
    F: Fn(usize, &String) -> Fut + 'static,
    Fut: Future<Output = Result<(), E>>,
    E: std::fmt::Debug,
{
    for (index, name) in names.iter().enumerate() {
        let owned = name.to_string();
        visitor(index, &owned).await?;
    }
    Ok(())
}

async fn check(index: usize, name: &str) -> Result<(), String> {
    log!("{} {}", index, name);
    Ok(())
}

fn main() {
    let result = rt::block_on(visit(&["a", "b"], |index, name| async move {
//                                                             ^^^^^^^^^^^^ closure_returns_borrowing_future
        log!("checking {}", name);
        check(index, name).await
    }));
    log!("{:?}", result);
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
