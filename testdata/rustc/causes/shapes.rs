//! The ways in which rustc says that a future is denied an auto trait.
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

trait Job {
    fn run(&self);
}

async fn saved() {
    let count = Rc::new(0);
    leaf().await;
    drop(count);
}

async fn awaited(ready: Pin<Box<dyn Future<Output = ()>>>) {
    ready.await;
}

async fn referenced(cell: &std::cell::Cell<u8>) {
    leaf().await;
    cell.set(1);
}

async fn outer() {
    elsewhere::count().await;
}

fn generic<J: Job + 'static>(job: J) {
    spawn(async move { job.run() });
}

fn of_saved() {
    spawn(saved());
}

fn of_captured(captured: Rc<u8>) {
    spawn(async move { drop(captured) });
}

fn of_awaited(boxed: Pin<Box<dyn Future<Output = ()>>>) {
    spawn(awaited(boxed));
}

fn of_referenced() {
    spawn(async { referenced(&std::cell::Cell::new(1)).await });
}

fn of_outer() {
    spawn(async move { outer().await });
}

fn of_no_future(text: &'static str) {
    std::thread::spawn(move || println!("{}", text + 1));
}
