// edition:2021
trait Sink<T> {
    async fn put(&mut self, item: T) -> usize;
//           ^^^ async_trait_not_dyn
}

struct Count(usize);
struct Log {
    lines: Vec<String>,
}

impl<T> Sink<T> for Count {
    async fn put(&mut self, item: T) -> usize {
        rt::tick().await;
        drop(item);
        self.0 += 1;
        self.0
    }
}

impl Sink<String> for Log {
    async fn put(&mut self, item: String) -> usize {
        self.lines.push(item);
        self.lines.len()
    }
}

async fn feed(sinks: &mut [Box<dyn Sink<String>>], words: &[&str]) {
//                             ---------------- here it has to be one type for all
    for word in words {
        for sink in sinks.iter_mut() {
            println!("{}", sink.put(word.to_string()).await);
        }
    }
}

fn main() {
    let mut sinks: Vec<Box<dyn Sink<String>>> = Vec::new();
    sinks.push(Box::new(Count(3)));
    sinks.push(Box::new(Log { lines: vec![] }));
    rt::block_on(feed(&mut sinks, &["a", "b"]));
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
