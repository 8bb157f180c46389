//! The whole shop, without the network.

use std::sync::{Arc, RwLock};

use domain::{Order, OrderId, Sku};
use notify::Message;

fn orders(count: u64) -> Vec<Order> {
    (1..=count)
        .map(|id| {
            let lines = vec![domain::Line { sku: Sku::new("tea"), count: id as u32 }];
            Order::new(OrderId(id), "ada", lines).unwrap()
        })
        .collect()
}

#[tokio::test]
async fn all_mail_is_printed_in_order() {
    let (state, sent, printer) = server::start();
    for order in orders(3) {
        state.mailer.queue(Message::about(&order));
    }
    assert_eq!(state.mailer.flush().await, Ok(3));
    drop(state);
    assert_eq!(printer.await.unwrap(), 3);
    let expected: Vec<String> = (1..=3).map(|id| format!("ada: order #{id} received")).collect();
    assert_eq!(*sent.lock(), expected);
}

#[tokio::test]
async fn only_what_is_missing_is_put() {
    let (state, _sent, _printer) = server::start();
    server::seed(&state, &["tea"], 4).await;
    let articles = vec![Sku::new("tea"), Sku::new("cup")];
    assert_eq!(server::top_up(state.inventory.clone(), articles, 10).await.unwrap(), 16);
    assert_eq!(state.inventory.level(&Sku::new("tea")), Some(10));
}

#[tokio::test]
async fn progress_is_visible_from_outside() {
    let (state, _sent, _printer) = server::start();
    let progress = Arc::new(RwLock::new(Vec::new()));
    let seen = progress.clone();
    let task = tokio::spawn(async move {
        for (step, articles) in [["tea", "cup"], ["pot", "tea"]].iter().enumerate() {
            let received = server::seed(&state, articles, 10).await;
            progress.write().unwrap().push((step, received));
        }
        state.inventory.level(&Sku::new("tea"))
    });
    assert_eq!(task.await.unwrap(), Some(20));
    assert_eq!(*seen.read().unwrap(), [(0, 20), (1, 20)]);
}
