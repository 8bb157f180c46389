// edition:2021
use std::future::Future;

async fn retry<F, Fut, T>(times: u32, mut attempt: F) -> Option<T>
where
    F: FnMut(u32) -> Fut,
    Fut: Future<Output = Option<T>>,
{
    for number in 0..times {
        if let Some(value) = attempt(number).await {
            return Some(value);
        }
    }
    None
}

async fn dial(host: &str, number: u32) -> Option<String> {
    (number == 2).then(|| format!("{host}:{number}"))
}

fn main() {
    let host = String::from("localhost");
    let line = rt::block_on(retry(5, |number| {
        println!("attempt {number}");
        let line = dial(&host, number).await;
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        if line.is_none() {
            println!("no answer");
        }
        line
    }));
    println!("{line:?} of {host}");
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
