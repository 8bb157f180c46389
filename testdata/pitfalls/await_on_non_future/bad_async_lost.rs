// edition:2021
struct Meter(u32);

impl Meter {
    fn read(&self) -> u32 {
        self.0
    }
}

async fn day(meters: &[Meter]) -> u32 {
    let mut sum = 0;
    for meter in meters {
        sum += meter.read().await;
        //     ^^^^^^^^^^^^ await_on_non_future
    }
    sum
}

async fn first(meters: &[Meter]) -> Option<u32> {
    Some(meters.first()?.read().await)
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
    let meters = [Meter(1), Meter(2)];
    println!("{} {:?}", block_on(day(&meters)), block_on(first(&meters)));
}
