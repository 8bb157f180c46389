// edition:2021
struct Order {
    id: u32,
    total: u32,
}

async fn next_id(last: u32) -> u32 {
    last + 1
}

async fn price(name: &str) -> u32 {
    name.len() as u32
}

fn discount(total: u32) -> u32 {
    total / 10
}

async fn order(name: &str) -> Order {
    let mut prices = Vec::new();
    prices.push(1);
    prices.push(price(name));
    //          ^^^^^^^^^^^ missing_await
    let off = discount(price(name));
    //                 ^^^^^^^^^^^ missing_await
    Order { id: next_id(4), total: prices.iter().sum::<u32>() - off }
    //          ^^^^^^^^^^ missing_await
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
    let order = block_on(order("a dozen of eggs"));
    println!("{} {}", order.id, order.total);
}
