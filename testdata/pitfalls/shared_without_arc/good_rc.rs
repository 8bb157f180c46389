// edition:2021
// On one thread, and behind a reference.
use std::rc::Rc;
use std::sync::Arc;

struct Page(Rc<str>);

async fn show(page: &Page, count: &Arc<u32>) {
    println!("{} {count}", page.0);
}

fn main() {
    let count = Arc::new(1);
    let count = &count;
    drop(show(&Page("home".into()), count));
}
