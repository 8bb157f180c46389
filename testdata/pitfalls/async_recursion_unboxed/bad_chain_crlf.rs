// edition:2021
mod import {
    pub(crate) async fn resolve(path: &str) -> usize {
        if path.is_empty() {
            return 0;
        }
        // One part at a time.
        1 + crate::import::resolve(
        //  ^^^^^^^^^^^^^^^^^^^^^^^ async_recursion_unboxed
            &path[1..], // the rest
        )
        .await
    }
}

fn main() {
    drop(import::resolve("abc"));
}
