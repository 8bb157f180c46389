// edition:2021
mod exec {
    use std::future::Future;

    pub fn run<T>(future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        loop {
            if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }
}

async fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

/// Sums.
async fn main() -> Result<(), std::num::ParseIntError> {
//       ^^^^ async_main
    // Both have to be numbers.
    let sum = parse("1").await? + parse("2").await?;
    println!("{sum}");
    Ok(())
}
