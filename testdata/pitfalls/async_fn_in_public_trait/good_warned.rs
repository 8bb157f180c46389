// edition:2021
#![crate_type = "lib"]

// rustc warns of this one, which is enough.
pub trait Clock {
    async fn tick();
}
