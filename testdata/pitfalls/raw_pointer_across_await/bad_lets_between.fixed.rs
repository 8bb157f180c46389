// edition:2021
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

struct Entry {
    value: u32,
    next: *const Entry,
    //    ^^^^^^^^^^^^ raw_pointer_across_await
}

async fn total(values: Vec<u32>) -> u32 {
    let total = AtomicU32::new(0);
    let add = |value: u32| total.fetch_add(value, Ordering::Relaxed);
    {
        let entries: Vec<Entry> = values.iter().map(|&value| Entry { value, next: std::ptr::null() }).collect();
        for entry in &entries {
            if entry.next.is_null() {
                add(entry.value);
            }
        }
        drop(entries);
    }
    leaf().await;
    add(1);
    total.load(Ordering::Relaxed)
}

fn main() {
    spawn(total(vec![1, 2]));
}
