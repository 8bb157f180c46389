// edition:2021
async fn price(sku: u32) -> u32 {
    println!("price of {sku}");
    sku * 7
}

async fn total(skus: &[u32]) -> u32 {
    let mut sum = 0;
    for sku in skus.iter() {
        sum += price(*sku).await;
    }
    sum
//                                       ^^^^^^^^^^^^^^^^^ await_in_sync_closure
}

async fn receipt(skus: &[u32]) -> String {
    let mut text = String::new();
    for sku in skus.iter() {
        text.push_str(&format!("{sku}: {};", price(*sku).await));
        //                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    }
    let mut keyed = Vec::new();
    for sku in skus.iter().copied() {
        keyed.push((price(sku).await % 10, sku));
    }
    let dearest = keyed
        .into_iter()
        .max_by(|a, b| a.0.cmp(&b.0))
        .map(|(_, item)| item)
        .unwrap();
//                                                      ^^^^^^^^^^^^^^^^^ await_in_sync_closure
    let mut count: usize = 0;
    for sku in skus.iter() {
        let _ = price(*sku).await;
        count += 1;
    }
    format!("{text} {dearest} {}", count)
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
