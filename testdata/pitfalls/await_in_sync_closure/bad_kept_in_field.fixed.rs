// edition:2021
use std::collections::BTreeMap;

/// Scores words, and keeps the best of each length.
struct Contest<'a, F, L: Fn(&str)>
where
    F: AsyncFn(&str, u32) -> u32,
{
    score: F,
    log: L,
    best: BTreeMap<usize, (u32, &'a str)>,
}

impl<'a, F: AsyncFn(&str, u32) -> u32, L: Fn(&str)> Contest<'a, F, L> {
    fn new(score: F, log: L) -> Self {
        Self { score, log, best: BTreeMap::new() }
    }

    async fn enter(&mut self, word: &'a str) -> bool {
        let score = (self.score)(word, 1).await;
        let entry = self.best.entry(word.len()).or_insert((0, ""));
        if score <= entry.0 {
            return false;
        }
        *entry = (score, word);
        (self.log)(word);
        true
    }
}

async fn enter_all<'a, F, L>(contest: &mut Contest<'a, F, L>, words: &[&'a str]) -> usize
where
    F: AsyncFn(&str, u32) -> u32,
    L: Fn(&str),
{
    let mut entered = 0;
    for word in words {
        if contest.enter(word).await {
            entered += 1;
        }
    }
    entered
}

fn length(word: &str, factor: u32) -> u32 {
    word.len() as u32 * factor
}

async fn vote(word: &str) -> u32 {
    rt::yield_now().await;
    word.bytes().map(u32::from).sum::<u32>() % 100
}

async fn run() {
    let words = ["ant", "bee", "elk", "boar", "lynx"];
    let mut calls = std::cell::Cell::new(0);
    let mut contest = Contest::new(
        async |word, extra| {
            calls.set(calls.get() + 1);
            vote(word).await + extra
//          ^^^^^^^^^^^^^^^^ await_in_sync_closure
        },
        |word| println!("{word} leads"),
    );
    println!("{}", enter_all(&mut contest, &words).await);
    println!("{:?}", contest.best);
    println!("{}", calls.get_mut());
    let mut by_length = Contest::new(async |word, factor| length(word, factor), |_| ());
    println!("{}", enter_all(&mut by_length, &words).await);
}

fn main() {
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
