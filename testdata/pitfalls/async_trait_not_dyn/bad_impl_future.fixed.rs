// edition:2021
use std::future::Future;
use std::pin::Pin;

trait Source: Send {
    /// The next value.
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Option<u32>> + Send + '_>>;
//     ^^^^ async_trait_not_dyn
    fn skip(&mut self, n: usize) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
//     ---- so does this method
        Box::pin(async move {
            for _ in 0..n {
                self.next().await;
            }
        })
    }
}

struct Range(u32, u32);
struct Once(Option<u32>);

impl Source for Range {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Option<u32>> + Send + '_>> {
        Box::pin(async move {
            rt::tick().await;
            if self.0 < self.1 {
                self.0 += 1;
                Some(self.0)
            } else {
                None
            }
        })
    }
}

impl Source for Once {
    fn next(&mut self) -> Pin<Box<dyn Future<Output = Option<u32>> + Send + '_>> {
        println!("asked");
        let value = self.0.take();
        if value.is_none() {
            return Box::pin(std::future::ready(None));
        }
        Box::pin(std::future::ready(value))
    }
}

async fn sum(source: &mut (dyn Source + Send)) -> u32 {
//                         ----------------- here it has to be one type for all
    let mut sum = 0;
    while let Some(value) = source.next().await {
        sum += value;
    }
    sum
}

fn main() {
    let mut all: Vec<Box<dyn Source + Send>> = vec![Box::new(Range(1, 4)), Box::new(Once(Some(7)))];
    rt::block_on(async {
        all[0].skip(1).await;
        for source in &mut all {
            println!("{}", sum(source.as_mut()).await);
        }
    });
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
