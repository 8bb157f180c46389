// edition:2021
// Each future would count in a copy of its own.
use std::future::Future;

fn counter() -> Box<dyn FnMut(u32) -> impl Future<Output = u32>> {
//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type
    let mut count = 0;
    Box::new(async move |by| {
        count += by;
        count
    })
}

fn counter_of_copies() -> Box<dyn FnMut(u8) -> impl Future<Output = u8>> {
//                                             ^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type
    let mut count = 0;
    Box::new(move |by| async move {
        count += by;
        count
    })
}

fn main() {
    drop(counter());
    drop(counter_of_copies());
}
