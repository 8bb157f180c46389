// edition:2021
use std::future::Future;
use std::sync::Arc;
use std::sync::Mutex;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(page: u32) -> String {
    page.to_string()
}

fn main() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    //  ^^^^ refcell_across_await
    for page in 0..3 {
        let seen = Arc::clone(&seen);
        spawn(async move {
            let text = fetch(page).await;
            seen.lock().unwrap().push(text); // in any order
        //  ---- shared here
        });
    }
    println!("{}", seen.lock().unwrap().len());
}
