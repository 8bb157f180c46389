// edition:2021
use std::future::Future;
struct Rt;
impl Rt {
    fn block_on<F: Future>(&self, future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        loop {
            if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut cx) {
                return output;
            }
        }
    }
}
macro_rules! wait {
    ($e:expr) => {
        $e.await
    };
}
async fn leaf() -> u32 {
    1
}

async fn create(a: &u32) -> Option<u32> {
    let x = wait! { leaf() };
    //      ^^^^^^^^^^^^^^^^ await_outside_async
    Some(x + a)
}
fn start(rt: Rt) -> u32 {
    let t = std::thread::spawn(move || {
        let n = match rt.block_on(create(&3)) {
            Some(n) => n,
            None => 0,
        };
        n
    });
    t.join().unwrap()
}
async fn other() -> u32 {
    match create(&4).await {
        Some(n) => n,
        None => 1,
    }
}

fn main() {
    println!("{}", start(Rt));
    println!("{}", Rt.block_on(other()));
}
