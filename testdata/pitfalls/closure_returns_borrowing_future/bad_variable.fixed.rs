// edition:2021

async fn serve<F>(paths: &[String], handler: F) -> Vec<usize>
where
    F: AsyncFn(&String) -> usize,
{
    let mut replies = Vec::new();
    for path in paths {
        replies.push(handler(path).await);
    }
    replies
}

async fn measure(path: &str) -> usize {
    path.len()
}

fn main() {
    let paths = vec!["a".to_string(), "bcd".to_string()];
    let handler = async |path: &String| measure(path).await + 1;
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
    println!("{:?}", rt::block_on(serve(&paths, handler)));
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
