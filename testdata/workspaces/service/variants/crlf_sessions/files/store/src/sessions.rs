use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;

use crate::Journal;

/// How often each customer has called.
#[derive(Clone, Default)]
pub struct Sessions {
    calls: Arc<RwLock<HashMap<String, u32>>>,
    journal: Journal,
}

impl Sessions {
    pub fn new(journal: Journal) -> Self {
        Self { calls: Arc::default(), journal }
    }

    /// Counts a call; the first of a customer is journaled.
    pub async fn touch(&self, customer: &str) -> u32 {
        let calls = {
            let mut calls = self.calls.write();
            let count = calls.entry(customer.to_owned()).or_insert(0);
            *count += 1;
            *count
        };
        if calls == 1 {
            self.journal.append(customer, 1, 1).await;
        }
        calls
    }

    pub fn calls(&self, customer: &str) -> u32 {
        self.calls.read().get(customer).copied().unwrap_or(0)
    }

    /// Forgets everybody and journals how many there were.
    pub async fn clear(&self) -> usize {
        // Nobody may call in between.
        let mut calls = self.calls.write();
        let gone = calls.len();
        calls.clear();
        self.journal.append("sessions", -(gone as i64), 0).await;
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn calls_are_counted_and_the_first_is_journaled() {
        let journal = Journal::default();
        let sessions = Sessions::new(journal.clone());
        assert_eq!(sessions.touch("ada").await, 1);
        assert_eq!(sessions.touch("ada").await, 2);
        assert_eq!(sessions.touch("bob").await, 1);
        assert_eq!(journal.len().await, 2);
        assert_eq!(sessions.calls("ada"), 2);
        let all = sessions.clone();
        assert_eq!(tokio::spawn(async move { all.clear().await }).await.unwrap(), 2);
        assert_eq!(sessions.calls("ada"), 0);
    }
}
