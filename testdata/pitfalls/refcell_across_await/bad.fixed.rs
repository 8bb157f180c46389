// edition:2021
use std::future::Future;
use std::sync::Mutex;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(page: u32) -> String {
    page.to_string()
}

async fn visit(seen: &Mutex<Vec<String>>, page: u32) {
//             ---- shared here
    let text = fetch(page).await;
    //                     ----- held at this await
    seen.lock().unwrap().push(text);
}

fn main() {
    spawn(async {
        let seen = Mutex::new(Vec::new());
        //  ^^^^ refcell_across_await
        visit(&seen, 1).await;
        visit(&seen, 2).await;
    });
}
