// edition:2021
// A closure makes something ready, and ends with a block that is meant to be a future.
use std::future::Future;

async fn connect(path: String) -> Result<usize, String> {
    Ok(path.len())
}

async fn call<F: Fn(u8) -> T, T: Future<Output = Result<usize, String>>>(f: F) -> usize {
    f(1).await.unwrap_or(0)
}

fn main() {
    let path = "socket".to_string();
    let service = call(move |_| {
        let future = connect(path.clone());
        {
//      ^ block_not_async
            let io = future.await?;
            Ok::<_, String>(io + 1)
        }
    });
    println!("{}", block_on(service));
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
