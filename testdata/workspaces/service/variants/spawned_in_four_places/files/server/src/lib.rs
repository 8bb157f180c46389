//! What runs beside the router: the first delivery and the mail printer.

use std::sync::Arc;

use api::AppState;
use domain::{Line, Sku};
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

/// The articles ever seeded by this process.
pub static SEEDED: Mutex<Vec<Sku>> = Mutex::new(Vec::new());

/// Fills the shelves, `count` of each article; returns how many came in.
pub async fn seed(state: &AppState, articles: &[&str], count: u32) -> u32 {
    let mut seeded = SEEDED.lock();
    seeded.extend(articles.iter().map(|name| Sku::new(*name)));
    let delivery = articles.iter().map(|name| Line { sku: Sku::new(*name), count }).collect();
    state.inventory.receive(delivery).await.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_article_is_remembered() {
        let (state, _sent, _printer) = start();
        let seeding = tokio::spawn(async move { seed(&state, &["tea", "cup"], 4).await });
        assert_eq!(seeding.await.unwrap(), 8);
        assert_eq!(*SEEDED.lock(), [Sku::new("tea"), Sku::new("cup")]);
    }
}
