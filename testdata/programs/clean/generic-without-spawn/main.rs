use std::cell::RefCell;
use std::fmt::Display;
use std::rc::Rc;

trait Source {
    type Item: Display;
    async fn next(&mut self) -> Option<Self::Item>;

    async fn skip_one(&mut self) -> bool {
        self.next().await.is_some()
    }
}

struct Words<'a>(std::str::Split<'a, char>);

impl<'a> Source for Words<'a> {
    type Item = &'a str;
    async fn next(&mut self) -> Option<&'a str> {
        self.0.next()
    }
}

struct Ticker {
    now: Rc<RefCell<u32>>,
}

impl Source for Ticker {
    type Item = u32;
    async fn next(&mut self) -> Option<u32> {
        app::pause().await;
        let mut now = self.now.borrow_mut();
        *now += 10;
        (*now <= 40).then_some(*now)
    }
}

async fn collect<S: Source>(mut source: S, transform: impl Fn(S::Item) -> String) -> Vec<String> {
    let mut items = Vec::new();
    if source.skip_one().await {
        while let Some(item) = source.next().await {
            items.push(transform(item));
        }
    }
    items
}

fn main() {
    let clock = Rc::new(RefCell::new(0));
    let ticker = Ticker { now: Rc::clone(&clock) };
    let words = app::block_on(collect(Words("to do list".split(' ')), |word| word.to_uppercase()));
    let ticks = app::block_on(collect(ticker, |tick| format!("t={tick}")));
    println!("{words:?} {ticks:?} {}", clock.borrow());
}

mod app {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }

    pub async fn pause() {
        let mut turns = 1;
        std::future::poll_fn(|_| {
            if turns == 0 {
                return Poll::Ready(());
            }
            turns -= 1;
            Poll::Pending
        })
        .await
    }
}
