// edition:2021
use std::future::{ready, Future};

fn spawn<F: Future>(future: F) -> F {
    future
}

fn start(n: u32) -> impl Future<Output = u32> {
    spawn({
        let doubled = n * 2;
        async move { doubled }
    })
}

fn main() {
    drop(start(1));
    drop(spawn({ ready(2) }));
}
