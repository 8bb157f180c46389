use std::sync::Arc;

use tokio::sync::Mutex;

/// What happened to one article or order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub subject: String,
    pub change: i64,
    /// The value after the change.
    pub now: i64,
}

/// Append-only; the async lock may be held while an entry is written.
#[derive(Clone, Default)]
pub struct Journal {
    entries: Arc<Mutex<Vec<Entry>>>,
}

impl Journal {
    /// Returns the entry's number, counted from one.
    pub async fn append(&self, subject: &str, change: i64, now: i64) -> usize {
        let mut entries = self.entries.lock().await;
        tokio::task::yield_now().await;
        entries.push(Entry { subject: subject.to_owned(), change, now });
        entries.len()
    }

    pub async fn entries(&self) -> Vec<Entry> {
        self.entries.lock().await.clone()
    }

    pub async fn len(&self) -> usize {
        self.entries.lock().await.len()
    }

    pub async fn is_empty(&self) -> bool {
        self.len().await == 0
    }
}
