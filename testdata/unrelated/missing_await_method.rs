// edition:2024
use std::cell::RefCell;

async fn load() -> Vec<String> {
    vec!["one".to_owned()]
}

async fn first(cache: &RefCell<Vec<String>>) -> Option<String> {
    let mut cache = cache.borrow_mut();
    cache.extend(load().iter().cloned());
    cache.first().cloned()
}

fn main() {
    let cache = RefCell::new(Vec::new());
    let _first = first(&cache);
}
