// edition:2024
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

pub trait Cache {
    // Takes the value out.
    async fn take(&mut self, key: &str) -> Option<String>; // None: not there
//  ^^^^^ async_fn_in_public_trait
}
