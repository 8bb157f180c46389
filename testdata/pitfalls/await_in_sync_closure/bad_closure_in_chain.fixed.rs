// edition:2021
async fn name(id: u32) -> String {
    println!("name of {id}");
    format!("n{id}")
}

fn main() {
    rt::block_on(async {
        let loud = async |id: u32| name(id).await.to_uppercase();
//                           ^^^^^^^^^^^^^^ await_in_sync_closure
        let mut names: Vec<String> = Vec::new();
        for item in 1..4 {
            names.push(loud(item).await);
        }
        println!("{names:?}");
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
