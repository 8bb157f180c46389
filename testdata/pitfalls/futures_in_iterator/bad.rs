// edition:2021
struct Item {
    sku: u32,
    pieces: u32,
}

async fn cost(item: &Item) -> u32 {
    println!("cost of {}", item.sku);
    item.sku * item.pieces
}

async fn basket_total(items: &[Item]) -> u32 {
    let goods: u32 = items.iter().map(|item| cost(item)).sum();
//                                    ^^^^^^^^^^^^^^^^^ futures_in_iterator
    let shipping = if goods > 20 { 0 } else { 4 };
    goods + shipping
}

fn main() {
    let items = [Item { sku: 3, pieces: 2 }, Item { sku: 1, pieces: 5 }];
    println!("{}", rt::block_on(basket_total(&items)));
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
