use std::time::Duration;

use handlers::{Mark, Sleepy};
use layers::{ConcurrencyLimitLayer, Lines, LogLayer, RetryLayer, TimeoutLayer, buffer, logged};
use service::ServiceBuilder;
use tokio::time::sleep;

fn requests(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("no. {number}")).collect()
}

/// Wakes a sleepy service up; returns how many rounds that took.
async fn wake(sleepy: Sleepy, size: usize) -> u32 {
    let rounds = std::cell::Cell::new(0);
    let count = || rounds.set(rounds.get() + 1);
    loop {
        count();
        if worksteal::probe(&sleepy, requests(size)).await == size {
            return rounds.get();
        }
        sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::main]
async fn main() {
    let lines = Lines::default();
    let sheet = lines.clone();
    let awake = tokio::spawn(async move { logged(sheet, "wake", wake(Sleepy::new(3), 2)).await });

    let layers = ServiceBuilder::new()
        .layer(LogLayer::new("mark", lines.clone()))
        .layer(TimeoutLayer::new(Duration::from_secs(1)))
        .layer(ConcurrencyLimitLayer::new(2))
        .layer(RetryLayer::new(2));
    let (buffer, work) = buffer(layers.service(Mark::new("served: ")), 4);
    tokio::spawn(work);
    for answer in worksteal::serve(buffer, requests(3)).await {
        println!("{}", answer.unwrap_or_else(|failure| failure.to_string()));
    }
    println!("awake after {} rounds", awake.await.expect("nobody stops it"));
    println!("{}", lines.all().join("\n"));
}
