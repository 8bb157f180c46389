//! A trail of what the mailer was asked to do, written by `note!`.

use std::sync::{Arc, Mutex};

use crate::{Mailer, Message};

#[derive(Clone, Default)]
pub struct Audit {
    trail: Arc<Mutex<Vec<String>>>,
}

/// Adds a formatted line to the trail and gives its number.
macro_rules! note {
    ($audit:expr, $($words:tt)*) => {{
        let line = format!($($words)*);
        let mut trail = $audit.trail.lock().unwrap();
        trail.push(line);
        trail.len()
    }};
}

impl Audit {
    pub fn trail(&self) -> Vec<String> {
        self.trail.lock().unwrap().clone()
    }

    /// Queues and flushes each message; returns how many lines the trail has.
    pub async fn send_all<I>(&self, mailer: &Mailer, messages: I) -> usize
    where
        I: IntoIterator<Item = Message>,
    {
        for message in messages {
            let number = note!(self, "to {}", message.to);
            mailer.queue(message);
            match mailer.flush().await {
                Ok(count) => note!(self, "{number}: flushed {count}"),
                Err(error) => note!(self, "{number}: {error}"),
            };
        }
        self.trail.lock().unwrap().len()
    }

    pub fn send_all_later<I>(&self, mailer: &Mailer, messages: I) -> tokio::task::JoinHandle<usize>
    where
        I: IntoIterator<Item = Message> + Send + 'static,
    {
        let (audit, mailer) = (self.clone(), mailer.clone());
        tokio::spawn(async move { audit.send_all(&mailer, messages).await })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_trail_shows_each_step() {
        let (wire, _received) = tokio::sync::mpsc::channel(8);
        let (audit, mailer) = (Audit::default(), Mailer::new(wire));
        let messages = ["ada", "bob"].map(|to| Message { to: to.to_owned(), text: String::new() });
        assert_eq!(audit.send_all_later(&mailer, messages).await.unwrap(), 4);
        assert_eq!(audit.trail(), ["to ada", "1: flushed 1", "to bob", "3: flushed 1"]);
    }
}
