// edition:2021
use std::sync::Mutex;

async fn read(lock: &Mutex<u32>) -> u32 {
    *lock.lock().unwrap()
//   ^^^^^^^^^^^ await_on_non_future
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{}", block_on(read(&Mutex::new(1))));
}
