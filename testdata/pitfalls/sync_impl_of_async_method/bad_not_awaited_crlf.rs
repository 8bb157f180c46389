// edition:2021
trait Log {
    async fn write(&self, line: &str);
//           ----- the trait promises a future of it
}

struct Console;

impl Log for Console {
    fn write(&self, line: &str) {
//     ^^^^^ sync_impl_of_async_method
        println!("{line}");
    }
}

async fn run() {
    let console = Console;
    console.write("begin");
    rt::tick().await;
    console.write("end");
}

fn main() {
    rt::block_on(run());
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
