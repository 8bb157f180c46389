// edition:2021
async fn run() {}

fn main() {
    drop(run());
}

mod inner {
    // No entry of a program.
    #[allow(dead_code)]
    async fn main() {}
}
