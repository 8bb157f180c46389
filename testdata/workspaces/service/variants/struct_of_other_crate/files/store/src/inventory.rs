use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use domain::{Line, ShopError, Sku};
use tokio::task::JoinHandle;

use crate::Journal;

/// How many of each article are left.
#[derive(Clone, Default)]
pub struct Inventory {
    levels: Arc<Mutex<BTreeMap<Sku, u32>>>,
    journal: Journal,
}

/// The levels, closed to all others as long as this lives.
pub struct OpenLevels<'a> {
    levels: MutexGuard<'a, BTreeMap<Sku, u32>>,
}

impl OpenLevels<'_> {
    pub fn add(&mut self, sku: &Sku, count: u32) -> u32 {
        let level = self.levels.entry(sku.clone()).or_default();
        *level += count;
        *level
    }
}

impl Inventory {
    pub fn open(&self) -> OpenLevels<'_> {
        OpenLevels { levels: self.levels.lock().unwrap() }
    }

    pub async fn note(&self, sku: &Sku, count: u32, level: u32) {
        self.journal.append(&sku.0, i64::from(count), i64::from(level)).await;
    }

    pub fn new(journal: Journal) -> Self {
        Self { levels: Arc::default(), journal }
    }

    pub fn level(&self, sku: &Sku) -> Option<u32> {
        self.levels.lock().unwrap().get(sku).copied()
    }

    /// Adds `count` and returns the new level.
    pub async fn restock(&self, sku: &Sku, count: u32) -> u32 {
        let now = {
            let mut levels = self.levels.lock().unwrap();
            let level = levels.entry(sku.clone()).or_default();
            *level += count;
            *level
        };
        self.journal.append(&sku.0, i64::from(count), i64::from(now)).await;
        now
    }

    /// Takes `count` off and returns what is left.
    pub async fn reserve(&self, sku: &Sku, count: u32) -> Result<u32, ShopError> {
        let left = self.take(sku, count)?;
        self.journal.append(&sku.0, -i64::from(count), i64::from(left)).await;
        Ok(left)
    }

    /// Reserves every line or none; lines taken before a failure are put back.
    pub async fn reserve_all(&self, lines: &[Line]) -> Result<u32, ShopError> {
        let mut taken = 0;
        for (index, line) in lines.iter().enumerate() {
            match self.reserve(&line.sku, line.count).await {
                Ok(_) => taken += line.count,
                Err(error) => {
                    for done in &lines[..index] {
                        self.restock(&done.sku, done.count).await;
                    }
                    return Err(error);
                }
            }
        }
        Ok(taken)
    }

    /// Restocks a whole delivery without making the caller wait.
    pub fn receive(&self, delivery: Vec<Line>) -> JoinHandle<u32> {
        let inventory = self.clone();
        tokio::spawn(async move {
            let mut received = 0;
            for line in delivery {
                inventory.restock(&line.sku, line.count).await;
                received += line.count;
            }
            tracing::info!(received, "delivery stored");
            received
        })
    }

    /// Writes the level of every article to the journal; returns how many.
    pub async fn take_stock(&self) -> usize {
        let levels: Vec<(Sku, u32)> =
            self.levels.lock().unwrap().iter().map(|(sku, level)| (sku.clone(), *level)).collect();
        for (sku, level) in &levels {
            self.journal.append(&sku.0, 0, i64::from(*level)).await;
        }
        levels.len()
    }

    fn take(&self, sku: &Sku, count: u32) -> Result<u32, ShopError> {
        let mut levels = self.levels.lock().unwrap();
        let level = levels.get_mut(sku).ok_or_else(|| ShopError::UnknownSku(sku.clone()))?;
        if *level < count {
            return Err(ShopError::OutOfStock { sku: sku.clone(), wanted: count, left: *level });
        }
        *level -= count;
        Ok(*level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sku: &str, count: u32) -> Line {
        Line { sku: Sku::new(sku), count }
    }

    #[tokio::test]
    async fn reserving_is_written_down_with_the_level_after_it() {
        let journal = Journal::default();
        let inventory = Inventory::new(journal.clone());
        assert_eq!(inventory.restock(&Sku::new("tea"), 5).await, 5);
        assert_eq!(inventory.reserve(&Sku::new("tea"), 2).await, Ok(3));
        let written: Vec<(i64, i64)> =
            journal.entries().await.iter().map(|entry| (entry.change, entry.now)).collect();
        assert_eq!(written, [(5, 5), (-2, 3)]);
    }

    #[tokio::test]
    async fn a_failed_line_puts_the_others_back() {
        let inventory = Inventory::default();
        inventory.restock(&Sku::new("tea"), 5).await;
        inventory.restock(&Sku::new("cup"), 1).await;
        let result = inventory.reserve_all(&[line("tea", 4), line("cup", 2)]).await;
        let expected = ShopError::OutOfStock { sku: Sku::new("cup"), wanted: 2, left: 1 };
        assert_eq!(result, Err(expected));
        assert_eq!(inventory.level(&Sku::new("tea")), Some(5));
    }

    #[tokio::test]
    async fn a_delivery_is_received_in_order() {
        let journal = Journal::default();
        let inventory = Inventory::new(journal.clone());
        let received = inventory.receive(vec![line("tea", 3), line("cup", 4), line("tea", 1)]);
        assert_eq!(received.await.unwrap(), 8);
        assert_eq!(inventory.level(&Sku::new("tea")), Some(4));
        let now: Vec<i64> = journal.entries().await.iter().map(|entry| entry.now).collect();
        assert_eq!(now, [3, 4, 4]);
    }

    #[tokio::test]
    async fn taking_stock_writes_one_entry_an_article() {
        let journal = Journal::default();
        let inventory = Inventory::new(journal.clone());
        inventory.restock(&Sku::new("tea"), 3).await;
        inventory.restock(&Sku::new("cup"), 2).await;
        assert_eq!(inventory.take_stock().await, 2);
        let last = journal.entries().await.split_off(2);
        assert_eq!((last[0].subject.as_str(), last[0].now), ("cup", 2));
        assert_eq!((last[1].subject.as_str(), last[1].now), ("tea", 3));
    }
}
