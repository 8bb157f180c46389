// edition:2021
// With a clone of the cell each call would count for itself.
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

async fn store(item: u32) -> u32 {
    item * 10
}

fn main() {
    let count = Cell::new(0);
    let f: Box<dyn Fn(u32) -> Pin<Box<dyn Future<Output = u32>>>> = Box::new(move |item| {
        Box::pin(async {
//      ^^^^^^^^^^^^^^^^ mutable_capture_in_async_block
            count.set(count.get() + 1);
            store(item).await + count.get()
        })
    });
    rt::block_on(async {
        println!("{} {}", f(1).await, f(1).await);
    });
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
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

    pub async fn yield_now() {
        struct Yield(bool);
        impl Future for Yield {
            type Output = ();
            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
                if self.0 {
                    return Poll::Ready(());
                }
                self.0 = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
        Yield(false).await;
    }
}
