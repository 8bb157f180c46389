// edition:2024
async fn twice(task: impl AsyncFn(u32) -> usize) -> usize {
    task(1).await + task(2).await
}

async fn send(token: String, part: u32) -> usize {
    token.len() + part as usize
}

fn main() {
    let token = String::from("abc");
    let sum = rt::block_on(twice(async move |part| send(token, part).await));
//                                                      ^^^^^ closure_moves_capture
    println!("{sum}");
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
