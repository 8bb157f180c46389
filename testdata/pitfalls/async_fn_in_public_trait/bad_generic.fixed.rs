// edition:2021
#![deny(async_fn_in_trait)]
#![crate_type = "lib"]

pub mod queue {
    use std::future::Future;

    pub trait Queue<T> {
        #[must_use]
        fn push<'a>(&'a mut self, item: T) -> impl Future<Output = Result<&'a T, T>> + Send
    //  ^^^^^ async_fn_in_public_trait
        where
            T: 'a;

        fn len(&self) -> impl Future<Output = usize> + Send;
    }
}
