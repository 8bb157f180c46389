// edition:2021
// Each way out of the closure would need a box: that is left to its author.
use std::future::Future;

fn pick() -> Box<dyn Fn(bool) -> impl Future<Output = u32>> {
//                               ^^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type
    Box::new(|is_early| {
        if is_early {
            return std::future::ready(1);
        }
        std::future::ready(2)
    })
}

fn main() {
    drop(pick());
}
