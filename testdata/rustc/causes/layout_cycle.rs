//! The cycle is in another crate and shows where its layout is asked for.
async fn leaf() {}

pub async fn used() {
    let asked = elsewhere::first_good(3, async || true);
    leaf().await;
    drop(asked);
}
