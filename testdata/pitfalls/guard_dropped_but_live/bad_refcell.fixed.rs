// edition:2021
use std::cell::RefCell;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn main() {
    spawn(async {
        let words = RefCell::new(Vec::new());
        {
            let mut list = words.borrow_mut();
            //  ^^^^^^^^ guard_dropped_but_live
            list.push("one");
            drop(list);
        }
        leaf().await;
        //     -----
        println!("{}", words.borrow().len());
    });
}
