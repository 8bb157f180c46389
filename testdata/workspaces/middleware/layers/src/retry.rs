use service::{Layer, SendService, Service};

#[derive(Clone, Copy, Debug)]
pub struct RetryLayer {
    attempts: u32,
}

impl RetryLayer {
    pub fn new(attempts: u32) -> Self {
        Self { attempts }
    }
}

impl<S> Layer<S> for RetryLayer {
    type Service = Retry<S>;

    fn layer(&self, inner: S) -> Retry<S> {
        Retry { inner, attempts: self.attempts }
    }
}

/// Asks a service again until it has an answer, so many times at most.
#[derive(Clone, Debug)]
pub struct Retry<S> {
    inner: S,
    attempts: u32,
}

/// The first good answer, or the last bad one.
async fn first_good<T, E, A>(attempts: u32, ask: impl Fn() -> A) -> Result<T, E>
where
    A: Future<Output = Result<T, E>>,
{
    for _ in 1..attempts {
        if let Ok(answer) = ask().await {
            return Ok(answer);
        }
        tokio::task::yield_now().await;
    }
    ask().await
}

impl<S, R> Service<R> for Retry<S>
where
    S: Service<R>,
    R: Clone,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        first_good(self.attempts, || self.inner.call(request.clone())).await
    }
}

impl<S, R> SendService<R> for Retry<S>
where
    S: SendService<R> + Sync,
    R: Clone + Send + Sync,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        first_good(self.attempts, || self.inner.call(request.clone())).await
    }
}
