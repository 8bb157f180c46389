//! What runs beside the router: the first delivery and the mail printer.

use std::sync::Arc;

use api::AppState;
use domain::{Line, Sku, Warehouse};
use notify::{Mailer, Message};
use parking_lot::Mutex;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The texts of all mails that went out.
pub type SentMail = Arc<Mutex<Vec<String>>>;

/// Prints each mail until every mailer is gone; ends with their number.
pub fn print_mail(mut received: mpsc::Receiver<Message>, sent: SentMail) -> JoinHandle<usize> {
    tokio::spawn(async move {
        while let Some(message) = received.recv().await {
            let mut sent = sent.lock();
            sent.push(format!("{}: {}", message.to, message.text));
        }
        let count = sent.lock().len();
        tracing::info!(count, "mail printer ends");
        count
    })
}

/// A state with its mail printer running.
pub fn start() -> (AppState, SentMail, JoinHandle<usize>) {
    let (wire, received) = mpsc::channel(64);
    let sent = SentMail::default();
    let printer = print_mail(received, sent.clone());
    (AppState::new(Mailer::new(wire)), sent, printer)
}

/// Fills the shelves, `count` of each article; returns how many came in.
pub async fn seed(state: &AppState, articles: &[&str], count: u32) -> u32 {
    let delivery = articles.iter().map(|name| Line { sku: Sku::new(*name), count }).collect();
    state.inventory.receive(delivery).await.unwrap_or(0)
}

/// Fills up to `wanted` of each article, on a task of its own; returns how many were put.
pub fn top_up<W>(warehouse: W, articles: Vec<Sku>, wanted: u32) -> JoinHandle<u32>
where
    W: Warehouse + Send + Sync + 'static,
{
    tokio::spawn(async move {
        let mut put = 0;
        for sku in articles {
            let missing = wanted.saturating_sub(warehouse.level(&sku));
            if missing > 0 {
                let level = warehouse.put(&sku, missing).await;
                tracing::info!(%sku, level, "topped up");
            }
            put += missing;
        }
        put
    })
}
