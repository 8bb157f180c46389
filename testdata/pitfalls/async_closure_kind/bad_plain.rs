// edition:2021
async fn map<F: AsyncFn(u32) -> u32>(f: F) -> u32 {
    f(1).await
}

struct Pipe;

impl Pipe {
    async fn send(&self, each: impl AsyncFn(&str) -> Option<usize>) -> usize {
        each("abc").await.unwrap_or(0)
    }
}

fn main() {
    let one = rt::block_on(map(|x| x + 1));
//                             ^^^^^^^^^ async_closure_kind
    let two = rt::block_on(Pipe.send(|text| {
        let n = text.len();
        Some(n)
    }));
    println!("{one} {two}");
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
