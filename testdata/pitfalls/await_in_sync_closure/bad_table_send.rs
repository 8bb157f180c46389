// edition:2024
use std::sync::Arc;

async fn price(item: u32) -> u32 {
    rt::yield_now().await;
    item * 10
}

struct Rules {
    list: Vec<Box<dyn Fn(u32) -> u32 + Send + Sync>>,
}

impl Rules {
    fn add(&mut self, rule: Box<dyn Fn(u32) -> u32 + Send + Sync>) -> &mut Self {
        self.list.push(rule);
        self
    }

    fn total(&self, item: u32) -> u32 {
        let mut total = 0;
        for rule in &self.list {
            total += rule(item);
        }
        total
    }
}

fn spawn<F: Future + Send + 'static>(future: F) -> F::Output {
    rt::block_on(future)
}

fn main() {
    let mut rules = Rules { list: vec![] };
    let least = Arc::new(7);
    rules.add(Box::new(|item| item + 1)).add(Box::new(move |item| {
        price(item).await.max(*least)
//      ^^^^^^^^^^^^^^^^^ await_in_sync_closure
    }));
    let all = spawn(async move { rules.total(0) + rules.total(3) });
    println!("{all}");
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
