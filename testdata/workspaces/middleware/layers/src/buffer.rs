use service::{SendService, Service};
use tokio::sync::{mpsc, oneshot};

/// The task that answers has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

type Job<R, T, E> = (R, oneshot::Sender<Result<T, E>>);

/// Hands requests to a service that runs in a task of its own.
#[derive(Debug)]
pub struct Buffer<R, T, E> {
    wire: mpsc::Sender<Job<R, T, E>>,
}

/// A buffer, and the work to be spawned for it. It is the caller who knows the runtime.
pub fn buffer<S, R>(
    service: S,
    size: usize,
) -> (Buffer<R, S::Response, S::Error>, impl Future<Output = ()>)
where
    S: Service<R>,
{
    let (wire, mut jobs) = mpsc::channel::<Job<R, S::Response, S::Error>>(size);
    let work = async move {
        while let Some((request, reply)) = jobs.recv().await {
            // Who does not wait any more needs no answer.
            let _ = reply.send(service.call(request).await);
        }
    };
    (Buffer { wire }, work)
}

async fn hand_over<R, T, E: From<Closed>>(
    wire: &mpsc::Sender<Job<R, T, E>>,
    request: R,
) -> Result<T, E> {
    let (reply, answer) = oneshot::channel();
    if wire.send((request, reply)).await.is_err() {
        return Err(Closed.into());
    }
    answer.await.unwrap_or_else(|_| Err(Closed.into()))
}

impl<R, T, E: From<Closed>> Service<R> for Buffer<R, T, E> {
    type Response = T;
    type Error = E;

    async fn call(&self, request: R) -> Result<T, E> {
        hand_over(&self.wire, request).await
    }
}

impl<R, T, E> SendService<R> for Buffer<R, T, E>
where
    R: Send,
    T: Send,
    E: From<Closed> + Send,
{
    type Response = T;
    type Error = E;

    async fn call(&self, request: R) -> Result<T, E> {
        hand_over(&self.wire, request).await
    }
}
