// edition:2021
struct Stock(u32);

impl Stock {
    async fn has(&self, wanted: u32) -> bool {
        self.0 >= wanted
    }

    async fn is_empty(&self) -> bool {
        self.0 == 0
    }
}

async fn take(stock: &mut Stock, wanted: u32) -> bool {
    if !stock.has(wanted).await || stock.is_empty().await {
    //  ^^^^^^^^^^^^^^^^^ missing_await
    //                       ^^^^^^^^^^^^^^^^ missing_await
        return false;
    }
    while stock.has(wanted).await {
    //    ^^^^^^^^^^^^^^^^^ missing_await
        stock.0 -= wanted;
    }
    stock.is_empty().await
//  ^^^^^^^^^^^^^^^^ missing_await
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
    println!("{}", block_on(take(&mut Stock(6), 3)));
    println!("{}", block_on(take(&mut Stock(2), 3)));
}
