// edition:2021
use std::future::Future;

async fn serve<F, Fut>(paths: &[String], handler: F) -> Vec<String>
where
    F: Fn(&String) -> Fut,
    Fut: Future<Output = String>,
{
    let mut replies = Vec::new();
    for path in paths {
        replies.push(handler(path).await);
    }
    replies
}

async fn shout(path: &String) -> String {
    path.to_uppercase()
}

fn main() {
    let paths = vec!["a".to_string(), "b".to_string()];
    println!("{:?}", rt::block_on(serve(&paths, shout)));
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
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
