//! Many clients at one counter: `cargo run --example rush`.

use std::sync::Arc;

use handlers::Mark;
use layers::ConcurrencyLimitLayer;
use service::{Layer, SendService};

#[tokio::main]
async fn main() {
    let counter = Arc::new(ConcurrencyLimitLayer::new(2).layer(Mark::new("for ")));
    let served = Arc::new(std::cell::RefCell::new(0));
    let mut clients = Vec::new();
    for number in 0..5 {
        let (counter, served) = (counter.clone(), served.clone());
        clients.push(tokio::spawn(async move {
            let answer = counter.call(format!("client {number}")).await;
            *served.borrow_mut() += usize::from(answer.is_ok());
        }));
    }
    for client in clients {
        client.await.unwrap();
    }
    println!("{} clients were served", served.borrow());
}
