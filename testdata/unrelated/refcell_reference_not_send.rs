// edition:2024
// A captured `Rc<RefCell<..>>` is not Send; no borrow of it is held over the await.
use std::cell::RefCell;
use std::rc::Rc;

fn spawn<F: Future<Output = ()> + Send + 'static>(_: F) {}

async fn pause() {}

fn main() {
    let seen = Rc::new(RefCell::new(0));
    spawn(async move {
        *seen.borrow_mut() += 1;
        pause().await;
        *seen.borrow_mut() += 1;
    });
}
