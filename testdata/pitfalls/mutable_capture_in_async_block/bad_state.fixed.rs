// edition:2021

#[derive(Clone, Default)]
struct State {
    seen: Vec<u32>,
    label: String,
}

async fn each<F>(mut f: F)
where
    F: AsyncFnMut(u32),
{
    f(1).await;
    f(2).await;
}

async fn step() {}

fn main() {
    let mut state = State::default();
    rt::block_on(each(async move |n| {
//                             ^^^^^^^^^^^^ mutable_capture_in_async_block
        step().await;
        state.seen.push(n);
        println!("{}{:?}", state.label, state.seen);
    }));
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
