// edition:2021
// A service hands out a future that owns the function it calls.
use std::future::Future;
use std::pin::Pin;

struct Retry<F> {
    make: F,
}

impl<F, Fut> Retry<F>
where
    F: Fn(u32) -> Fut + Clone + Send + 'static,
    Fut: Future<Output = bool> + Send + 'static,
{
    fn call(&mut self, times: u32) -> Pin<Box<dyn Future<Output = bool> + Send>> {
        let make = self.make;
        //         ^^^^^^^^^ moved_out_of_borrow
        Box::pin(async move {
            for round in 0..times {
                if make(round).await {
                    return true;
                }
            }
            false
        })
    }
}

fn main() {
    let mut retry = Retry { make: |round| async move { round > 1 } };
    drop(retry.call(3));
}
