// edition:2021
use std::cell::RefCell;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

struct Timed<T> {
    value: T,
    seconds: u32,
}

impl<T> Timed<T> {
    fn new(value: T) -> Self {
        Timed { value, seconds: 0 }
    }
}

fn main() {
    spawn(async {
        let words = RefCell::new(Vec::new());
        let mut list = Timed::new(words.borrow_mut());
        //  ^^^^^^^^ guard_across_await
        list.value.push("one");
        leaf().await;
        //     ----- still held at this await
        list.seconds += 1;
        list.value.push("two");
    });
}
