//! Whole stacks, served.

use std::sync::Arc;
use std::time::Duration;

use handlers::{Failure, Mark, Sleepy};
use layers::{RetryLayer, TimeoutLayer, erase};
use service::{SendService, ServiceBuilder, service_fn};
use tokio::time::sleep;

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_stand_in_the_order_of_requests() {
    let service = ServiceBuilder::new()
        .layer(TimeoutLayer::new(Duration::from_secs(5)))
        .layer(RetryLayer::new(9))
        .service(Sleepy::new(2));
    let answers = worksteal::serve(service, words("tea cup pot")).await;
    let expected: Vec<_> = words("tea cup pot").into_iter().map(Ok).collect();
    assert_eq!(answers, expected);
}

#[tokio::test]
async fn an_erased_service_is_served_too() {
    let service = erase(|request: String| async move { Mark::new("a ").handle(request).await });
    assert_eq!(worksteal::probe(&service, words("tea cup")).await, 2);
    assert_eq!(worksteal::serve(service, words("pot")).await, [Ok("a pot".to_owned())]);
}

#[tokio::test]
async fn halves_are_answered_like_the_whole() {
    let service = Arc::new(service_fn(async |word: String| word.parse::<u32>()));
    assert_eq!(worksteal::probe_halves(service, words("1 two 3 4 five")).await, 3);
}

#[tokio::test]
async fn a_bad_request_is_refused_later() {
    let task = tokio::spawn(async {
        let count: Result<u32, Box<dyn std::error::Error>> = "many".parse().map_err(Into::into);
        sleep(Duration::from_millis(1)).await;
        match count {
            Ok(count) => Mark::new("count ").call(count.to_string()).await,
            Err(error) => Err(Failure::Refused(error.to_string())),
        }
    });
    assert_eq!(task.await.unwrap(), Err(Failure::Refused("invalid digit found in string".into())));
}
