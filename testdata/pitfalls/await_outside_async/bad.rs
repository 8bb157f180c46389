// edition:2021
async fn observe(city: &str) -> u32 {
    city.len() as u32
}

fn describe(city: &str) -> String {
    let celsius = observe(city).await;
    //                          ^^^^^ await_outside_async
    format!("{city}: {celsius} degrees")
}

async fn bulletin(cities: &[&str]) {
    for city in cities {
        println!("{}", describe(city));
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
    block_on(bulletin(&["Rome", "Oslo"]));
}
