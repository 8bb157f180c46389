// edition:2024
// `Reading` cannot be compared. The read guard is held over the await of a future
// that never leaves its thread.
use std::sync::RwLock;

struct Reading(u32);

async fn next() -> Reading {
    Reading(2)
}

async fn changed(last: &RwLock<Reading>) -> bool {
    let last = last.read().unwrap();
    let new = next().await;
    *last == new
}

fn main() {
    let last = RwLock::new(Reading(1));
    let _changed = changed(&last);
}
