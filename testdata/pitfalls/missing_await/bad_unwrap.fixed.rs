// edition:2021
struct Lock(u32);

impl Lock {
    async fn lock(&self) -> &u32 {
        &self.0
    }
}

async fn read(lock: &Lock) -> u32 {
    let guard = lock.lock().await;
    //          ^^^^^^^^^^^ missing_await
    *guard + 1
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
    println!("{}", block_on(read(&Lock(1))));
}
