// edition:2021
use std::future::Future;

mod retry {
    use std::future::Future;

    pub struct Policy {
        pub times: u32,
    }

    impl Policy {
        pub async fn run<T, F, Fut>(&self, mut attempt: F) -> Option<T>
        where
            F: FnMut() -> Fut,
            Fut: Future<Output = Option<T>>,
        {
            for _ in 0..self.times {
                if let Some(value) = attempt().await {
                    return Some(value);
                }
            }
            None
        }
    }
}

async fn ask(n: u32) -> Option<u32> {
    if n > 2 { Some(n) } else { None }
}

fn run() -> impl Future<Output = Option<u32>> {
    async {
        let mut tries = 0;
        let policy = retry::Policy { times: 5 };
        policy
            .run(async || {
//               ^^^^^^^^^^ async_closure_kind
                tries += 1;
                ask(tries).await
            })
            .await
    }
}

fn main() {
    println!("{:?}", rt::block_on(run()));
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
