use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use service::{BoxFuture, SendService};

/// A service whose type says only what goes in and what comes out.
pub struct Erased<R, T, E> {
    call: Box<dyn Fn(R) -> BoxFuture<Result<T, E>> + Send + Sync>,
    answered: Arc<AtomicUsize>,
}

impl<R, T, E> Erased<R, T, E> {
    pub fn answered(&self) -> usize {
        self.answered.load(Ordering::Relaxed)
    }
}

/// A service that answers with `function`, and counts.
pub fn erase<F, A, R, T, E>(function: F) -> Erased<R, T, E>
where
    F: Fn(R) -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + 'static,
{
    let answered = Arc::new(AtomicUsize::new(0));
    let counter = answered.clone();
    let call = move |request| -> BoxFuture<Result<T, E>> {
        let counter = counter.clone();
        let answer = function(request);
        Box::pin(async move {
            let answer = answer.await;
            counter.fetch_add(1, Ordering::Relaxed);
            answer
        })
    };
    Erased { call: Box::new(call), answered }
}

impl<R: Send, T, E> SendService<R> for Erased<R, T, E> {
    type Response = T;
    type Error = E;

    async fn call(&self, request: R) -> Result<T, E> {
        (self.call)(request).await
    }
}
