// edition:2024
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

/// A place to keep texts in.
pub trait Store {
    /// The text of `key`.
    fn load(&self, key: u32) -> impl Future<Output = String> + Send;
//  ^^^^^ async_fn_in_public_trait

    /// The first text.
    fn load_first(&self) -> impl Future<Output = String> + Send
//  ^^^^^ async_fn_in_public_trait
    where
        Self: Sync,
    {
        async move {
            // Keys start at one.
            self.load(1).await
        }
    }
}
