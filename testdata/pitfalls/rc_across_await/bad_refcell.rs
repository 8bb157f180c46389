// edition:2021
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn count(total: Rc<RefCell<u32>>) {
//             ----- held here
    *total.borrow_mut() += 1;
    leaf().await;
    //     ----- held at this await
}

fn main() {
    let total = Rc::new(RefCell::new(0));
    //  ^^^^^ rc_across_await
    spawn(count(total.clone()));
    spawn(count(total));
}
