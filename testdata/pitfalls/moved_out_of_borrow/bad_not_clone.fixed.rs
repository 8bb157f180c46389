// edition:2024
// It is no `Clone`, and need not be: the future may borrow.
use std::future::Future;
use std::sync::Mutex;

struct Meter {
    count: Mutex<u32>,
}

impl Meter {
    fn tick(&self) -> impl Future<Output = u32> {
        let count = &self.count;
        //          ^^^^^^^^^^ moved_out_of_borrow
        async move {
            let mut count = count.lock().unwrap();
            *count += 1;
            *count
        }
    }
}

fn main() {
    let meter = Meter { count: Mutex::new(0) };
    drop(meter.tick());
}
