// edition:2021
async fn load(id: u32) -> String {
    format!("page {id}")
}

async fn find(id: u32) -> Option<u32> {
    (id > 1).then_some(id + 1)
}

async fn show(id: Option<u32>) -> String {
    let next: Option<u32> = match id {
        Some(id) => find(id).await,
        None => None,
    };
//                                      ^^^^^^^^^^^^^ futures_in_iterator
    let page: Option<String> = match next {
        Some(id) => Some(load(id).await),
        None => None,
    };
//                                      ^^^^ futures_in_iterator
    let text: String = match page {
        Some(text) => text,
        None => load(0).await,
    };
//                                         ^^^^^^^^^^ futures_in_iterator
    text
}

fn main() {
    println!("{} {}", rt::block_on(show(Some(2))), rt::block_on(show(Some(1))));
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
