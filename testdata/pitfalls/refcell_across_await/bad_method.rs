// edition:2024
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(page: u32) -> String {
    page.to_string()
}

#[derive(Default)]
struct Crawler {
    /// The texts so far.
    seen: std::cell::RefCell<Vec<String>>,
    //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refcell_across_await
}

impl Crawler {
    async fn visit(self: Arc<Self>, page: u32) {
    //             ---- shared here
        let text = fetch(page).await;
        //                     ----- held at this await
        self.seen.borrow_mut().push(text);
    }
}

fn main() {
    let crawler = Arc::new(Crawler::default());
    spawn(crawler.clone().visit(1));
    spawn(crawler.visit(2));
}
