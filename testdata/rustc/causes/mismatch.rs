//! A type that is changed is not the one that another function wants.
use std::future::Future;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn count() {
    let count = Rc::new(1);
    leaf().await;
    keep(count);
}

fn keep(_count: Rc<i32>) {}

fn main() {
    spawn(count());
}
