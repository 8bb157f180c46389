// edition:2021
use std::cell::RefCell;
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future>(_future: F) {}

async fn fetch(page: u32) -> String {
    page.to_string()
}

// The cell itself is `Send`.
async fn owned(seen: RefCell<Vec<String>>) {
    let text = fetch(1).await;
    seen.borrow_mut().push(text);
}

async fn unique(seen: &mut RefCell<Vec<String>>) {
    let text = fetch(1).await;
    seen.get_mut().push(text);
}

async fn locked(seen: Arc<Mutex<Vec<String>>>) {
    let text = fetch(1).await;
    seen.lock().unwrap().push(text);
}

fn note(seen: &RefCell<Vec<String>>, text: String) {
    seen.borrow_mut().push(text);
}

async fn sync_helper(seen: RefCell<Vec<String>>) {
    let text = fetch(1).await;
    note(&seen, text);
    fetch(2).await;
}

async fn shared(seen: &RefCell<Vec<String>>) {
    let text = fetch(1).await;
    note(seen, text);
}

fn main() {
    spawn(owned(RefCell::default()));
    spawn(async { unique(&mut RefCell::default()).await });
    spawn(locked(Arc::default()));
    spawn(sync_helper(RefCell::default()));
    let seen = RefCell::default();
    spawn_local(shared(&seen));
}
