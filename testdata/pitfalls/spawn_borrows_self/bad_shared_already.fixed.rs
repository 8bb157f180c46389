// edition:2021
// Callers that have an `Arc` already keep it: from a function, a field, a parameter, a loop.
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Meter {
    count: AtomicU32,
}

impl Meter {
    fn shared() -> Arc<Self> {
        Arc::new(Meter { count: AtomicU32::new(0) })
    }

    async fn add(&self, n: u32) {
        self.count.fetch_add(n, Ordering::Relaxed);
    }

    fn start(self: &Arc<Self>, n: u32) {
        let meter = Arc::clone(self);
        spawn(async move { meter.add(n).await });
        //    ^^^^^^^^^^ spawn_borrows_self
    }

    fn start_all(self: &Arc<Self>, all: &[u32]) {
        for n in all {
            self.start(*n);
        }
    }
}

struct Panel {
    meter: Arc<Meter>,
}

fn show(meter: &Arc<Meter>, panel: &Panel) {
    meter.start(1);
    panel.meter.start(2);
}

fn main() {
    let meter = Meter::shared();
    let other = Arc::clone(&meter);
    other.start_all(&[3, 4]);
    for one in [&meter, &other] {
        one.start(5);
    }
    let plain = Arc::new(Meter { count: AtomicU32::new(0) });
    plain.start(6);
    show(&meter, &Panel { meter: other });
}
