// edition:2021
use std::future::Future;

fn walk(depth: u32) -> impl Future<Output = u32> {
    async move {
        if depth == 0 {
            return 0;
        }
        Box::pin(walk(depth - 1)).await + 1
    //  ^^^^^^^^^^^^^^^^^^^^^ async_recursion_unboxed
    }
}

fn main() {
    drop(walk(3));
}
