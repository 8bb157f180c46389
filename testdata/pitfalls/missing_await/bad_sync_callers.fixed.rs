// edition:2021
#[derive(PartialEq)]
struct Rate(f64);

async fn rate(from: &str, to: &str) -> Rate {
    Rate(from.len() as f64 / to.len() as f64)
}

async fn convert(amount: f64, from: &str, to: &str) -> f64 {
    let found = rate(from, to).await;
    //          ^^^^^^^^^^^^^^ missing_await
    amount * found.0
}

async fn same(a: &str, b: &str) -> bool {
    rate(a, b).await == Rate(1.0)
}

async fn report(pairs: &[(&str, &str)]) {
    for (a, b) in pairs {
        println!("{:.2} {}", convert(10.0, a, b).await, same(a, b).await);
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
    block_on(report(&[("euro", "yen"), ("yen", "yen")]));
}
