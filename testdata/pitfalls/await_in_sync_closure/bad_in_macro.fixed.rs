// edition:2024
async fn cost(item: u32) -> u32 {
    println!("cost of {item}");
    item * 3
}

fn main() {
    rt::block_on(async {
        let items = [1, 2, 4];
        let mut collected = Vec::new();
        for item in items.iter() {
            collected.push(cost(*item).await);
        }
        println!("{:?}", collected);
//                                               ^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let mut found = false;
        for item in items.iter() {
            if cost(*item).await > 5 {
                found = true;
                break;
            }
        }
        let text = format!("{}", found);
//                                                       ^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let mut total: u32 = 0;
        for item in items.iter() {
            total += cost(*item).await;
        }
        assert_eq!(total, 21, "of {text}");
//                                         ^^^^^^^^^^^^^^^^^ await_in_sync_closure
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
