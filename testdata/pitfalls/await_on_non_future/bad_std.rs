// edition:2021
async fn words(text: &str) -> usize {
    let parts: Vec<&str> = text.split(' ').collect();
    parts.len().await
//  ^^^^^^^^^^^ await_on_non_future
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

fn main() {
    println!("{}", block_on(words("a b c")));
}
