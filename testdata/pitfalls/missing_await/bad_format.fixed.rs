// edition:2021
async fn celsius(city: &str) -> f64 {
    city.len() as f64 / 2.0
}

async fn bulletin(city: &str) {
    println!("{city}: {:.1}", celsius(city).await);
    //                        ^^^^^^^^^^^^^ missing_await
    let again = celsius(city).await;
    //          ^^^^^^^^^^^^^ missing_await
    println!("{again}");
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
    block_on(bulletin("Rome"));
}
