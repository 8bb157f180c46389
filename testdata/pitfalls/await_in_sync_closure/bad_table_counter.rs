// edition:2021
// The count is the closure's own, and a future would count in a copy: the closure waits.
async fn price(item: u32) -> u32 {
    rt::yield_now().await;
    item * 10
}

fn rules() -> Vec<Box<dyn FnMut(u32) -> u32>> {
    let mut count = 0;
    vec![Box::new(|item| item), Box::new(move |item| {
        count += 1;
        price(item + count).await
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    })]
}

async fn run() {
    let mut rules = rules();
    for rule in &mut rules {
        println!("{} {}", rule(1), rule(1));
    }
}

fn main() {
    println!("{}", rt::block_on(price(1)));
    rt::block_on(run());
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
