// edition:2021
mod a {
    use std::future::Future;
    use std::pin::Pin;

    pub trait Run {
        fn run(&self) -> Pin<Box<dyn Future<Output = u32> + '_>>;
//               ^^^ async_trait_not_dyn
    }
    pub struct X;
    impl Run for X {
        fn run(&self) -> Pin<Box<dyn Future<Output = u32> + '_>> { Box::pin(async move { 1 }) }
    }
}
mod b {
    use std::future::Future;
    use std::pin::Pin;

    pub trait Run {
        async fn run(&self) -> u32;
    }
    pub struct Y;
    impl Run for Y {
        async fn run(&self) -> u32 { 2 }
    }
    impl super::a::Run for Y {
        fn run(&self) -> Pin<Box<dyn Future<Output = u32> + '_>> { Box::pin(async move { 3 }) }
    }
}
use a::Run;

async fn go(all: Vec<Box<dyn Run>>) -> u32 {
//                       ------- here it has to be one type for all
    let mut sum = 0;
    for one in &all {
        sum += one.run().await;
    }
    sum + b::Run::run(&b::Y).await
}

fn main() {
    println!("{}", rt::block_on(go(vec![Box::new(a::X), Box::new(b::Y)])));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
