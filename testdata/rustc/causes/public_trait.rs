//! What the lint on public traits points at.
pub trait Store {
    async fn load(&self) -> u32;

    async fn keep(&self, value: u32);

    fn count(&self) -> u32;
}

macro_rules! source {
    ($name:ident) => {
        pub trait $name {
            async fn read(&self) -> u32;
        }
    };
}

source!(Source);
