//! Two values of one type: what mends one mends the other.
use std::future::Future;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn name() -> Rc<str> {
    Rc::from("a")
}

async fn first() {
    let one = name();
    leaf().await;
    println!("{one}");
}

async fn second() {
    let two = name();
    leaf().await;
    println!("{two}");
}

fn of_first() {
    spawn(first());
}

fn of_second() {
    spawn(second());
}
