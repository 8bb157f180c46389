// edition:2021
async fn names() -> Vec<String> {
    vec!["ada".to_string(), "bob".to_string()]
}

async fn greet() {
    let names = names().await;
    //          ^^^^^^^ for_over_future
    println!("to all:");
    for name in names {
        println!("hello {name}");
    }
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
    block_on(greet());
}
