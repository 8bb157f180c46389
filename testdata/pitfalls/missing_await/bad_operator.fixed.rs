// edition:2021
async fn distance(from: u32, to: u32) -> u32 {
    from.abs_diff(to)
}

async fn round_trip(a: u32, b: u32) -> u32 {
    let mut total = distance(a, b).await + 1;
    //              ^^^^^^^^^^^^^^ missing_await
    total += distance(b, a).await;
    total
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
    println!("{}", block_on(round_trip(3, 10)));
}
