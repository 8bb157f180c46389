use std::cell::Cell;
use std::fmt;
use std::future::Future;

use serde::{Deserialize, Serialize};

use crate::ShopError;

/// An article number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sku(pub String);

impl Sku {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderId(pub u64);

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Placed,
    Reserved,
    Rejected,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub sku: Sku,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub customer: String,
    pub lines: Vec<Line>,
    pub status: Status,
}

impl Order {
    pub fn new(id: OrderId, customer: &str, lines: Vec<Line>) -> Result<Self, ShopError> {
        if lines.iter().all(|line| line.count == 0) {
            return Err(ShopError::EmptyOrder);
        }
        Ok(Self { id, customer: customer.to_owned(), lines, status: Status::Placed })
    }

    pub fn total(&self) -> u32 {
        self.lines.iter().map(|line| line.count).sum()
    }
}

/// Hands each line to `store`, one after the other; returns how many articles it took.
pub async fn store_each<S, F>(lines: Vec<Line>, mut store: S) -> u32
where
    S: FnMut(Line) -> F,
    F: Future<Output = bool>,
{
    let stored = Cell::new(0);
    let note = |count: u32| stored.set(stored.get() + count);
    for line in lines {
        let count = line.count;
        if store(line).await {
            note(count);
        }
    }
    stored.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_without_articles_is_refused() {
        let lines = vec![Line { sku: Sku::new("tea"), count: 0 }];
        assert_eq!(Order::new(OrderId(1), "ada", lines), Err(ShopError::EmptyOrder));
    }

    #[test]
    fn the_total_counts_every_line() {
        let lines =
            vec![Line { sku: Sku::new("tea"), count: 2 }, Line { sku: Sku::new("cup"), count: 5 }];
        assert_eq!(Order::new(OrderId(1), "ada", lines).unwrap().total(), 7);
    }
}
