// edition:2021
// Whose call is thrown away is not seen: it may be of the table, and its future would be lost.
async fn store(item: u32) -> u32 {
    println!("{item}");
    item
}

type Sink = Box<dyn Fn(u32) -> u32>;

struct Sinks(Vec<Sink>);

impl std::ops::Deref for Sinks {
    type Target = [Sink];
    fn deref(&self) -> &[Sink] {
        &self.0
    }
}

fn each(sinks: &Sinks, items: &[u32]) {
    for item in items {
        for index in 0..sinks.len() {
            let sink = sinks.get(index);
            let _ = sink.unwrap()(*item);
        }
    }
}

async fn run() -> u32 {
    let sink: Sink = Box::new(|item| store(item).await + 1);
//                                   ^^^^^^^^^^^^^^^^^ await_in_sync_closure
    let first = sink(3);
    each(&Sinks(vec![sink]), &[1, 2]);
    first
}

fn main() {
    println!("{}", rt::block_on(run()));
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
