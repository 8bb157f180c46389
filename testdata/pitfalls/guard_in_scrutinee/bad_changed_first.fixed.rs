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

async fn visit(pages: Arc<RwLock<HashMap<u32, Page>>>, id: u32) -> u32 {
    let value = pages.write().unwrap().get_mut(&id).map(|page| {
        // One more.
        page.hits += 1;
        page.clone()
    });
    if let Some(page) = value {
    //                  ^^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        store(&page).await;
        //          ----- still held at this await
        page.hits
    } else {
        0
    }
}

fn main() {
    spawn(visit(Arc::default(), 1));
}
