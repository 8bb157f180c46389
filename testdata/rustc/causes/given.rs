//! What is demanded of a value outright.
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

fn keep<T: Send>(_value: T) {}

fn of_future(boxed: Pin<Box<dyn Future<Output = ()>>>) {
    keep(boxed);
}

fn of_parameter<F: Future + 'static>(future: F) {
    spawn(future);
}

fn of_value(held: Rc<u8>) {
    keep(held);
}

fn of_thread(held: Rc<u8>) {
    std::thread::spawn(move || drop(held));
}
