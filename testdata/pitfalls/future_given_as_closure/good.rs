// edition:2021
use std::future::Future;
use std::thread;

async fn crunch(part: u32) -> u32 {
    part * 2
}

fn block_on<F: Future>(_future: F) -> F::Output {
    todo!()
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

pub fn by_a_closure() -> u32 {
    thread::spawn(move || block_on(async move { crunch(1).await })).join().unwrap()
}

pub fn as_a_task() {
    spawn(async move { crunch(1).await });
}

// The future is what the thread gives, and is wanted as such.
pub fn made_by_a_thread() -> u32 {
    block_on(thread::spawn(|| crunch(1)).join().unwrap())
}

fn main() {}
