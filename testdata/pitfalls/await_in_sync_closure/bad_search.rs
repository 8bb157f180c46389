// edition:2021
async fn weight(item: &str) -> usize {
    println!("weigh {item}");
    item.len()
}

fn main() {
    let items = ["fig", "apple", "kiwi"];
    rt::block_on(async {
        let heavy = items.iter().any(|item| weight(item).await > 4);
//                                          ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let all = items.iter().all(|item| weight(item).await > 3);
//                                        ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let first = items.iter().find(|item| weight(item).await == 4);
//                                           ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let at = items.iter().position(|item| weight(item).await == 5);
//                                            ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        println!("{heavy} {all} {first:?} {at:?}");
        if items.iter().skip(1).any(|item| weight(item).await == 4) {
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
