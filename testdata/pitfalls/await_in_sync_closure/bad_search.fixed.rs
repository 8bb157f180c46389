// edition:2021
async fn weight(item: &str) -> usize {
    println!("weigh {item}");
    item.len()
}

fn main() {
    let items = ["fig", "apple", "kiwi"];
    rt::block_on(async {
        let mut heavy = false;
        for item in items.iter() {
            if weight(item).await > 4 {
                heavy = true;
                break;
            }
        }
//                                          ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let mut all = true;
        for item in items.iter() {
            if !(weight(item).await > 3) {
                all = false;
                break;
            }
        }
//                                        ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let mut first = None;
        for item in items.iter() {
            if weight(item).await == 4 {
                first = Some(item);
                break;
            }
        }
//                                           ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let mut at = None;
        for (index, item) in items.iter().enumerate() {
            if weight(item).await == 5 {
                at = Some(index);
                break;
            }
        }
//                                            ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        println!("{heavy} {all} {first:?} {at:?}");
        let mut found = false;
        for item in items.iter().skip(1) {
            if weight(item).await == 4 {
                found = true;
                break;
            }
        }
        if found {
//                                         ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            println!("there is one");
        }
    });
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
