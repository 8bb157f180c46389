// edition:2024
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

// Told to be silent, and the `impl Future` that says nothing on purpose.
pub trait LocalStore {
    #[allow(async_fn_in_trait)]
    async fn load(&self, key: u32) -> String;

    fn store(&self, key: u32, text: String) -> impl Future<Output = ()>;
}
