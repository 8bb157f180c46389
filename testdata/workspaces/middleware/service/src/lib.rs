//! What a service is, and how layers are put around one.

mod builder;
mod function;

use std::pin::Pin;

pub use builder::{Identity, Layer, ServiceBuilder, Stack};
pub use function::{ServiceFn, service_fn};

/// The future of an answer, whatever its type.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Answers requests, on the thread that the answer's future was made on.
pub trait Service<Request> {
    type Response;
    type Error;

    fn call(&self, request: Request) -> impl Future<Output = Result<Self::Response, Self::Error>>;
}

/// The twin of `Service` for runtimes that move tasks between threads.
pub trait SendService<Request> {
    type Response;
    type Error;

    fn call(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Self::Response, Self::Error>> + Send;
}
