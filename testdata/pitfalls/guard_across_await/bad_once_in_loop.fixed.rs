// edition:2021
use std::future::Future;
use std::sync::Mutex;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn tick() {}

struct Reaper {
    waiting: Mutex<Vec<u32>>,
}

impl Reaper {
    async fn reap(&'static self) {
        // Waits for the first of them.
        //  ^^^^^^^^^ guard_across_await
        tick().await;

        let mut taken = std::mem::take(&mut *self.waiting.lock().unwrap());
        while taken.pop().is_some() {
            tick().await;
            taken.append(&mut self.waiting.lock().unwrap());
        }
    }
}

fn main() {
    let reaper: &'static Reaper = Box::leak(Box::new(Reaper { waiting: Mutex::new(Vec::new()) }));
    spawn(reaper.reap());
}
