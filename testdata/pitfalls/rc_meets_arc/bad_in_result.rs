// edition:2021
// The `Rc` is made right where the `Arc` is needed, under a name that other structs share.
use std::sync::Arc;

struct Semaphore(usize);

struct Limiter {
    permits: Arc<Semaphore>,
}

struct Other {
    permits: usize,
}

fn limiter(count: usize) -> Option<Limiter> {
    (count > 0).then(|| Limiter { permits: std::rc::Rc::new(Semaphore(count)) })
    //                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ rc_meets_arc
}

async fn run(limiter: Limiter) -> usize {
    limiter.permits.0
}

fn main() {
    let other = Other { permits: 2 };
    let _ = limiter(other.permits).map(run);
}
