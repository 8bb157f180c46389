// edition:2021
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;

type Step<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

#[derive(Clone, Default)]
struct Seen {
    last: Cell<u32>,
}

async fn twice<'a>(step: impl Fn(u32) -> Step<'a>) {
    step(1).await;
    step(2).await;
}

async fn note(_: u32) {}

pub async fn run() -> u32 {
    let lines = RefCell::new(Vec::new());
    let seen = Seen::default();
    let factor = 3;
    twice(|n| {
        Box::pin(async {
        //       ^^^^^ async_block_borrows_local
            note(factor * n).await;
            lines.borrow_mut().push(n);
            seen.last.set(n);
        })
    })
    .await;
    let count = lines.borrow().len() as u32;
    seen.last.get() + count
}

fn main() {
    drop(run());
}
