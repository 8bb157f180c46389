// edition:2021
struct Order {
    lines: Vec<(u32, u32)>,
}

async fn price(sku: u32) -> u32 {
    println!("price of {sku}");
    sku * 3
}

async fn totals(orders: &[Order]) -> Vec<u32> {
    let mut collected = Vec::new();
    for order in orders.iter() {
        let mut total: u32 = 0;
        for (sku, count) in order.lines.iter() {
            total += price(*sku).await * count;
        }
        collected.push(total);
    }
    collected
}

fn main() {
    let orders = [Order { lines: vec![(1, 2), (3, 1)] }, Order { lines: vec![] }];
    println!("{:?}", rt::block_on(totals(&orders)));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
