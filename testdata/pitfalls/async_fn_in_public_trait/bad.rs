// edition:2021
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

pub trait Store {
    async fn load(&self, key: u32) -> String;
//  ^^^^^ async_fn_in_public_trait
}
