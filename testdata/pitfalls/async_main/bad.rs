// edition:2021
async fn greeting(name: &str) -> String {
    format!("hello {name}")
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

async fn main() {
//       ^^^^ async_main
    let text = greeting("you").await;
    println!("{text}");
}
