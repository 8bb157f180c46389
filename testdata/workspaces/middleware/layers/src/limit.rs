use std::sync::Arc;

use service::{Layer, SendService, Service};
use tokio::sync::{Semaphore, SemaphorePermit};

/// All services that one such layer is put around share its places.
#[derive(Clone, Debug)]
pub struct ConcurrencyLimitLayer {
    places: Arc<Semaphore>,
}

impl ConcurrencyLimitLayer {
    pub fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)) }
    }
}

impl<S> Layer<S> for ConcurrencyLimitLayer {
    type Service = ConcurrencyLimit<S>;

    fn layer(&self, inner: S) -> ConcurrencyLimit<S> {
        ConcurrencyLimit { inner, places: self.places.clone() }
    }
}

/// Lets only so many requests through at a time.
#[derive(Clone, Debug)]
pub struct ConcurrencyLimit<S> {
    inner: S,
    places: Arc<Semaphore>,
}

impl<S> ConcurrencyLimit<S> {
    async fn place(&self) -> SemaphorePermit<'_> {
        self.places.acquire().await.expect("nobody closes it")
    }
}

impl<S, R> Service<R> for ConcurrencyLimit<S>
where
    S: Service<R>,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        let _place = self.place().await;
        self.inner.call(request).await
    }
}

impl<S, R> SendService<R> for ConcurrencyLimit<S>
where
    S: SendService<R> + Sync,
    R: Send,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        let _place = self.place().await;
        self.inner.call(request).await
    }
}
