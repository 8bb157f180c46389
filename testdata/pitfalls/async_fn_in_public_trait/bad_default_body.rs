// edition:2024
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

/// A place to keep texts in.
pub trait Store {
    /// The text of `key`.
    async fn load(&self, key: u32) -> String;
//  ^^^^^ async_fn_in_public_trait

    /// The first text.
    async fn load_first(&self) -> String
//  ^^^^^ async_fn_in_public_trait
    where
        Self: Sync,
    {
        // Keys start at one.
        self.load(1).await
    }
}
