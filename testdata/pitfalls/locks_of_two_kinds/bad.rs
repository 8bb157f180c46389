// edition:2021
// The lock was made blocking where it is declared, and is awaited where it is taken.
use std::sync::Mutex;

struct Counter {
    hits: Mutex<u32>,
}

impl Counter {
    async fn hit(&self) -> u32 {
        let mut hits = self.hits.lock().await;
    //                 ^^^^^^^^^ locks_of_two_kinds
        *hits += 1;
        *hits
    }
}

fn main() {
    let counter = Counter { hits: Mutex::new(1) };
    let _ = counter.hit();
}
