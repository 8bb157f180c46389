// edition:2018
async fn fibonacci(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    Box::pin(fibonacci(n - 1)).await + Box::pin(fibonacci(n - 2)).await
//  ^^^^^^^^^^^^^^^^^^^^^^ async_recursion_unboxed
}

fn main() {
    drop(fibonacci(9));
}
