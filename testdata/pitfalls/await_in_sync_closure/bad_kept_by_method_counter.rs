// edition:2021
// The future would count in a copy of the count.
#[derive(Default)]
struct Hooks {
    list: Vec<Box<dyn FnMut(u32) -> u32>>,
}

impl Hooks {
    fn on(&mut self, hook: impl FnMut(u32) -> u32 + 'static) {
        self.list.push(Box::new(hook));
    }

    fn call(&mut self, n: u32) -> u32 {
        let mut sum = 0;
        for hook in &mut self.list {
            sum += hook(n);
        }
        sum
    }
}

async fn store(n: u32) -> u32 {
    rt::yield_now().await;
    n
}

async fn run() {
    let mut hooks = Hooks::default();
    let mut count = 0;
    hooks.on(move |n| {
        count += n;
        store(count).await
//      ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    });
    println!("{} {} {}", hooks.call(1), hooks.call(2), store(3).await);
}

fn main() {
    println!("{}", rt::block_on(store(1)));
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
