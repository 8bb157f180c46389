//! A crate with a `Send` of its own: rustc writes the other's path.
use std::future::Future;
use std::rc::Rc;

pub trait Send {}

fn spawn<F: Future + std::marker::Send + 'static>(_future: F) {}

async fn leaf() {}

async fn saved() {
    let count = Rc::new(0);
    leaf().await;
    drop(count);
}

fn generic<T: Future + 'static>(inner: T) {
    spawn(inner);
}

fn of_saved() {
    spawn(saved());
}

fn of_captured(held: Rc<u8>) {
    spawn(async move { drop(held) });
}
