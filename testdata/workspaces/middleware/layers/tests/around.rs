//! Layers around small services, as a user of the crate puts them.

use std::cell::Cell;
use std::time::Duration;

use layers::{
    Closed, ConcurrencyLimitLayer, Lines, LogLayer, RetryLayer, TimeoutLayer, TooLate, buffer,
    erase,
};
use service::{SendService, Service, ServiceBuilder, service_fn};
use tokio::time::sleep;

#[derive(Debug, PartialEq)]
enum Failure {
    TooLate,
    Closed,
    Odd(u32),
}

impl From<TooLate> for Failure {
    fn from(_: TooLate) -> Self {
        Failure::TooLate
    }
}

impl From<Closed> for Failure {
    fn from(_: Closed) -> Self {
        Failure::Closed
    }
}

async fn half(count: u32) -> Result<u32, Failure> {
    if count.is_multiple_of(2) { Ok(count / 2) } else { Err(Failure::Odd(count)) }
}

#[tokio::test]
async fn the_outer_layer_sees_what_the_inner_one_makes_of_it() {
    let lines = Lines::default();
    let service = ServiceBuilder::new()
        .layer(LogLayer::new("outer", lines.clone()))
        .layer(TimeoutLayer::new(Duration::from_millis(20)))
        .service(service_fn(|count: u64| async move {
            sleep(Duration::from_millis(count)).await;
            Ok::<_, Failure>(count)
        }));
    assert_eq!(SendService::call(&service, 1).await, Ok(1));
    assert_eq!(SendService::call(&service, 20_000).await, Err(Failure::TooLate));
    assert_eq!(lines.all(), ["outer answers", "outer fails"]);
}

#[tokio::test]
async fn a_local_service_is_asked_again() {
    let asked = Cell::new(0);
    let service = ServiceBuilder::new()
        .layer(ConcurrencyLimitLayer::new(1))
        .layer(RetryLayer::new(3))
        .service(service_fn(async |count: u32| {
            asked.set(asked.get() + 1);
            half(count + asked.get()).await
        }));
    assert_eq!(Service::call(&service, 0).await, Ok(1));
    assert_eq!(asked.get(), 2);
}

#[tokio::test]
async fn a_buffer_ends_with_its_work() {
    let (open, work) = buffer(service_fn(half), 4);
    let task = tokio::spawn(work);
    assert_eq!(SendService::call(&open, 8).await, Ok(4));
    assert_eq!(SendService::call(&open, 3).await, Err(Failure::Odd(3)));
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(SendService::call(&open, 8).await, Err(Failure::Closed));
}

#[tokio::test]
async fn an_erased_service_counts() {
    let service = erase(half);
    for count in [2, 3, 4] {
        let _ = service.call(count).await;
    }
    assert_eq!(service.answered(), 3);
}
