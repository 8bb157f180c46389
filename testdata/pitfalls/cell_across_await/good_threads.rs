// edition:2024
use std::cell::Cell;

struct Stats {
    hits: Cell<u32>,
}

impl Stats {
    fn hit(&self) {
        self.hits.set(self.hits.get() + 1);
    }
}

fn main() {
    let stats = Stats { hits: Cell::new(0) };
    std::thread::spawn(move || {
        stats.hit();
        let shared = &stats.hits;
        shared.set(7);
    });
}
