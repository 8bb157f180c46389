// edition:2021
use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(page: u32) -> String {
    page.to_string()
}

fn main() {
    let seen = Arc::new(RefCell::new(Vec::new()));
    //  ^^^^ refcell_across_await
    for page in 0..3 {
        let seen = Arc::clone(&seen);
        spawn(async move {
            let text = fetch(page).await;
            seen.borrow_mut().push(text); // in any order
        //  ---- shared here
        });
    }
    println!("{}", seen.borrow().len());
}
