// edition:2024
async fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_string).collect()
}

async fn longest(text: &str) -> usize {
    let mut most = 0;
    for line in lines(text).await {
    //          ^^^^^^^^^^^ for_over_future
        most = most.max(line.len());
    }
    most
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
    println!("{}", block_on(longest("a\nbcd\nef")));
}
