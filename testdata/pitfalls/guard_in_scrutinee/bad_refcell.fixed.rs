// edition:2021
use std::cell::RefCell;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

fn main() {
    spawn(async {
        let slot = RefCell::new(Some(1));
        let held_value = slot.borrow_mut().take();
        if let Some(value) = held_value {
        //                   ^^^^^^^^^^^^^^^^^ guard_in_scrutinee
            send(value).await;
            //          ----- still held at this await
        }
    });
}
