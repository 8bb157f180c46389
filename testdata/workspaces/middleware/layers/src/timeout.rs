use std::time::Duration;

use service::{Layer, SendService, Service};
use tokio::time::timeout;

/// The answer did not come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLate;

#[derive(Clone, Copy, Debug)]
pub struct TimeoutLayer {
    limit: Duration,
}

impl TimeoutLayer {
    pub fn new(limit: Duration) -> Self {
        Self { limit }
    }
}

impl<S> Layer<S> for TimeoutLayer {
    type Service = Timeout<S>;

    fn layer(&self, inner: S) -> Timeout<S> {
        Timeout { inner, limit: self.limit }
    }
}

/// Gives a service so much time for an answer.
#[derive(Clone, Debug)]
pub struct Timeout<S> {
    inner: S,
    limit: Duration,
}

async fn within<T, E: From<TooLate>>(
    limit: Duration,
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    timeout(limit, answer).await.unwrap_or_else(|_| Err(TooLate.into()))
}

impl<S, R> Service<R> for Timeout<S>
where
    S: Service<R>,
    S::Error: From<TooLate>,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        within(self.limit, self.inner.call(request)).await
    }
}

impl<S, R> SendService<R> for Timeout<S>
where
    S: SendService<R> + Sync,
    S::Error: From<TooLate>,
    R: Send,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        within(self.limit, self.inner.call(request)).await
    }
}
