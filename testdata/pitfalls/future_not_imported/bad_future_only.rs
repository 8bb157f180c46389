// edition:2018
//! A file with nothing imported yet.

/// Runs it later.
fn later(number: u32) -> impl Future<Output = u32> {
    //                        ^^^^^^ future_not_imported
    async move { number }
}

fn main() {
    drop(later(1));
}
