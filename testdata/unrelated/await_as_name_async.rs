// edition:2021
// A keyword where a name is wanted, in an async program.
async fn load() -> u32 {
    1
}

async fn twice() -> u32 {
    let await = load().await;
    await * 2
}

fn main() {
    drop(twice());
}
