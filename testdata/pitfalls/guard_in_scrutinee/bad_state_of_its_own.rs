// edition:2021
use std::cell::Cell;
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

// A copy would count for itself.
#[derive(Clone)]
struct Meter {
    seen: Cell<u32>,
}

async fn leaf(_seen: u32) {}

async fn tick(meters: Arc<Mutex<Vec<Meter>>>) {
    if let Some(meter) = meters.lock().unwrap().first() {
    //                   ^^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        meter.seen.set(meter.seen.get() + 1);
        leaf(meter.seen.get()).await;
        //                     ----- still held at this await
    }
}

fn main() {
    spawn(tick(Arc::default()));
}
