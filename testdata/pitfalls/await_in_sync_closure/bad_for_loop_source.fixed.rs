// edition:2021
async fn load(id: u32) -> String {
    println!("load {id}");
    format!("page {id}")
}

async fn print(ids: &[u32]) {
    let mut seen = Vec::new();
    for id in ids.iter() {
        let page = load(*id).await;
//                                  ^^^^^^^^^^^^^^^ await_in_sync_closure
        if page.ends_with('2') {
            continue;
        }
        println!("{page}");
        seen.push(page);
    }
    for id in ids.iter().filter(|id| **id > 2) {
        seen.push(load(*id + 10).await);
    }
//                                                        ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    println!("{}", seen.join(", "));
}

fn main() {
    rt::block_on(print(&[1, 2, 3]));
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
