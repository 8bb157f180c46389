//! The place that asks for the layout is an await too, and no part of the cycle.
pub async fn used() -> bool {
    elsewhere::first_good(3, async || true).await
}
