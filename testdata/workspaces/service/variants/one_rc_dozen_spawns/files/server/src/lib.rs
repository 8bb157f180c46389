//! What runs beside the router: the first delivery and the mail printer.

use std::rc::Rc;
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

/// Fills the shelves, `count` of each article; returns how many came in.
pub async fn seed(state: &AppState, articles: &[&str], count: u32) -> u32 {
    let delivery = articles.iter().map(|name| Line { sku: Sku::new(*name), count }).collect();
    state.inventory.receive(delivery).await.unwrap_or(0)
}

/// A shelf with one article on it.
struct Shelf {
    article: String,
    places: u32,
}

fn announce(shelf: &Rc<Shelf>, event: &str) {
    tracing::info!(article = %shelf.article, places = shelf.places, "the shelf {event}");
}

/// Fills a new shelf to its last place; returns how many articles came in.
pub async fn open_shelf(state: AppState, article: &str, places: u32) -> u32 {
    let shelf = Rc::new(Shelf { article: article.to_owned(), places });
    announce(&shelf, "is built");
    let received = seed(&state, &[&shelf.article], shelf.places).await;
    announce(&shelf, "is open");
    received
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_shelf_is_filled_to_its_last_place() {
        let (state, _sent, _printer) = start();
        let small = tokio::spawn(open_shelf(state.clone(), "tea", 2));
        let large = tokio::spawn(open_shelf(state.clone(), "tea", 70));
        assert_eq!((small.await.unwrap(), large.await.unwrap()), (2, 70));
        assert_eq!(state.inventory.level(&Sku::new("tea")), Some(72));
    }
}
