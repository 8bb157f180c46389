//! Serves on tokio's threads: each request is a task that any of them may take up.

use std::sync::Arc;

use service::SendService;

/// Answers all requests at the same time; the answers stand in the order of the requests.
pub async fn serve<S, R>(service: S, requests: Vec<R>) -> Vec<Result<S::Response, S::Error>>
where
    S: SendService<R> + Send + Sync + 'static,
    S::Response: Send + 'static,
    S::Error: Send + 'static,
    R: Send + 'static,
{
    let service = Arc::new(service);
    let mut tasks = Vec::new();
    for request in requests {
        let service = service.clone();
        tasks.push(tokio::spawn(async move { service.call(request).await }));
    }
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("a service does not panic"));
    }
    answers
}

/// How many of the requests are answered well, one after the other.
pub async fn probe<S, R>(service: &S, requests: Vec<R>) -> usize
where
    S: SendService<R>,
{
    let mut good = 0;
    for request in requests {
        good += usize::from(service.call(request).await.is_ok());
    }
    good
}

/// As `probe`, with halves of the requests in tasks of their own, and halves of these.
pub async fn probe_halves<S, R>(service: Arc<S>, mut requests: Vec<R>) -> usize
where
    S: SendService<R> + Send + Sync + 'static,
    R: Send + 'static,
{
    if requests.len() < 2 {
        return probe(&*service, requests).await;
    }
    let half = requests.split_off(requests.len() / 2);
    let task = tokio::spawn(probe_halves(service.clone(), half));
    let good = Box::pin(probe_halves(service, requests)).await;
    good + task.await.expect("a service does not panic")
}
