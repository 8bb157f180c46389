// edition:2021
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

pub trait Store {
    fn load(&self, key: u32) -> impl std::future::Future<Output = String> + Send;
//  ^^^^^ async_fn_in_public_trait
}
