// edition:2024
async fn cost(item: u32) -> u32 {
    println!("cost of {item}");
    item * 3
}

fn main() {
    rt::block_on(async {
        let items = [1, 2, 4];
        println!("{:?}", items.iter().map(|item| cost(*item).await).collect::<Vec<_>>());
//                                               ^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let text = format!("{}", items.iter().any(|item| cost(*item).await > 5));
//                                                       ^^^^^^^^^^^^^^^^^ await_in_sync_closure
        assert_eq!(items.iter().map(|item| cost(*item).await).sum::<u32>(), 21, "of {text}");
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
