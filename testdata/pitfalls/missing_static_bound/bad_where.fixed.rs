// edition:2021
// The bounds stand in a `where` clause.
use std::future::Future;

trait Poller: Send + 'static {
    fn poll(&mut self) -> bool;
}

struct Helper<M, F> {
    make: M,
    future: Option<F>,
}

impl<M, F> Poller for Helper<M, F>
//      ^ missing_static_bound
where
    M: Fn() -> F + Send + 'static,
    F: Future<Output = bool> + Send + 'static,
{
    fn poll(&mut self) -> bool {
        self.future = Some((self.make)());
        self.future.is_some()
    }
}

async fn ready() -> bool {
    true
}

fn main() {
    let mut helper = Helper { make: ready, future: None };
    assert!(helper.poll());
}
