// edition:2021
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Clone)]
struct Page {
    hits: u32,
}

async fn store(_page: &Page) {}

async fn visit(pages: Arc<RwLock<HashMap<u32, Page>>>, id: u32) {
    if let Some(page) = pages.write().unwrap().get_mut(&id) {
    //                  ^^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        store(page).await;
        //          ----- still held at this await
        page.hits += 1;
    }
}

fn main() {
    spawn(visit(Arc::default(), 1));
}
