// edition:2021
async fn price(sku: u32) -> u32 {
    println!("price of {sku}");
    sku * 7
}

async fn total(skus: &[u32]) -> u32 {
    skus.iter().fold(0, |sum, sku| sum + price(*sku).await)
//                                       ^^^^^^^^^^^^^^^^^ await_in_sync_closure
}

async fn receipt(skus: &[u32]) -> String {
    let text = skus.iter().fold(String::new(), |mut text, sku| {
        text.push_str(&format!("{sku}: {};", price(*sku).await));
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        text
    });
    let dearest = skus.iter().copied().max_by_key(|sku| price(*sku).await % 10).unwrap();
//                                                      ^^^^^^^^^^^^^^^^^ await_in_sync_closure
    format!("{text} {dearest} {}", skus.iter().map(|sku| price(*sku).await).count())
//                                                       ^^^^^^^^^^^^^^^^^ await_in_sync_closure
}

fn main() {
    println!("{}", rt::block_on(total(&[1, 2, 3])));
    println!("{}", rt::block_on(receipt(&[1, 2])));
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
