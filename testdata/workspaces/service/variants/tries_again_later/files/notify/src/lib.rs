//! Mails to customers: queued at once, delivered in the background.

mod audit;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use domain::{Order, ShopError, Status};
use parking_lot::Mutex;
use tokio::sync::mpsc;

pub use audit::Audit;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub to: String,
    pub text: String,
}

impl Message {
    pub fn about(order: &Order) -> Self {
        let text = match order.status {
            Status::Placed => format!("order {} received", order.id),
            Status::Reserved => format!("order {} is yours: {} articles", order.id, order.total()),
            Status::Rejected => format!("order {} could not be served", order.id),
        };
        Self { to: order.customer.clone(), text }
    }
}

#[derive(Clone)]
pub struct Mailer {
    outbox: Arc<Mutex<VecDeque<Message>>>,
    sent: Arc<Mutex<u64>>,
    wire: mpsc::Sender<Message>,
}

impl Mailer {
    /// The other end of `wire` is what really sends.
    pub fn new(wire: mpsc::Sender<Message>) -> Self {
        Self { outbox: Arc::default(), sent: Arc::default(), wire }
    }

    pub fn queue(&self, message: Message) -> usize {
        let mut outbox = self.outbox.lock();
        outbox.push_back(message);
        outbox.len()
    }

    pub fn sent(&self) -> u64 {
        *self.sent.lock()
    }

    /// Delivers one message and returns how many were delivered so far.
    pub async fn deliver(&self, message: Message) -> Result<u64, ShopError> {
        self.wire.send(message).await.map_err(|_| ShopError::MailerStopped)?;
        let mut sent = self.sent.lock();
        *sent += 1;
        Ok(*sent)
    }

    /// Delivers one message; a failure is tried again on a task of its own, after a pause.
    pub async fn deliver_or_retry(self, message: Message, tries: u32, pause: Duration) {
        if self.deliver(message.clone()).await.is_ok() || tries < 2 {
            return;
        }
        tokio::time::sleep(pause).await;
        tokio::spawn(self.deliver_or_retry(message, tries - 1, 2 * pause));
    }

    /// Delivers what is queued, oldest first.
    pub async fn flush(&self) -> Result<usize, ShopError> {
        let mut count = 0;
        loop {
            let next = self.outbox.lock().pop_front();
            let Some(message) = next else { return Ok(count) };
            self.deliver(message).await?;
            count += 1;
        }
    }

    /// Flushes on a task of its own.
    pub fn flush_later(&self) -> tokio::task::JoinHandle<Result<usize, ShopError>> {
        let mailer = self.clone();
        tokio::spawn(async move { mailer.flush().await })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Message {
        Message { to: "ada".to_owned(), text: text.to_owned() }
    }

    #[tokio::test]
    async fn flushing_keeps_the_order() {
        let (wire, mut received) = mpsc::channel(8);
        let mailer = Mailer::new(wire);
        assert_eq!(mailer.queue(message("one")), 1);
        assert_eq!(mailer.queue(message("two")), 2);
        assert_eq!(mailer.flush_later().await.unwrap(), Ok(2));
        assert_eq!(mailer.sent(), 2);
        assert_eq!(received.recv().await.unwrap().text, "one");
        assert_eq!(received.recv().await.unwrap().text, "two");
    }

    #[tokio::test]
    async fn a_delivery_that_fails_is_given_up() {
        let (wire, received) = mpsc::channel(8);
        let mailer = Mailer::new(wire.clone());
        mailer.clone().deliver_or_retry(message("one"), 3, Duration::from_millis(1)).await;
        assert_eq!(mailer.sent(), 1);
        drop(received);
        mailer.deliver_or_retry(message("two"), 2, Duration::from_millis(1)).await;
        assert!(wire.is_closed());
    }

    #[tokio::test]
    async fn a_closed_wire_is_reported() {
        let (wire, received) = mpsc::channel(8);
        drop(received);
        let mailer = Mailer::new(wire);
        mailer.queue(message("one"));
        assert_eq!(mailer.flush().await, Err(ShopError::MailerStopped));
        assert_eq!(mailer.sent(), 0);
    }
}
