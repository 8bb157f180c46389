// edition:2021
// E0716: a reference to a temporary, in an async function that has no future of it.
async fn tick() {}

async fn shout(name: &str) -> usize {
    let loud = name.to_uppercase().trim();
    tick().await;
    loud.len()
}

fn main() {
    drop(shout("a"));
}
