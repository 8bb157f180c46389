use std::collections::BTreeMap;
use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use domain::{Line, Order, OrderId, ShopError, Sku, Status};
use tokio::task::JoinHandle;

use crate::Journal;

/// Reads a line like `3 tea`.
fn parse(text: &str) -> Result<Line, Box<dyn Error>> {
    let (count, sku) = text.split_once(' ').ok_or("no space after the count")?;
    Ok(Line { sku: Sku::new(sku), count: count.parse()? })
}

#[derive(Clone, Default)]
pub struct Orders {
    by_id: Arc<RwLock<BTreeMap<OrderId, Order>>>,
    last_id: Arc<AtomicU64>,
    journal: Journal,
}

impl Orders {
    pub fn new(journal: Journal) -> Self {
        Self { journal, ..Self::default() }
    }

    pub async fn place(&self, customer: &str, lines: Vec<Line>) -> Result<Order, ShopError> {
        let id = OrderId(self.last_id.fetch_add(1, Ordering::Relaxed) + 1);
        let order = Order::new(id, customer, lines)?;
        let count = {
            let mut by_id = self.by_id.write().unwrap();
            by_id.insert(id, order.clone());
            by_id.len()
        };
        self.journal.append(&id.to_string(), 1, count as i64).await;
        Ok(order)
    }

    /// Places an order for each line of a fax; what cannot be read is journaled.
    pub async fn place_fax(&self, customer: &str, fax: &str) -> Result<usize, ShopError> {
        let mut placed = 0;
        for text in fax.lines() {
            match parse(text) {
                Ok(line) => {
                    self.place(customer, vec![line]).await?;
                    placed += 1;
                }
                Err(error) => {
                    self.journal.append(&format!("{text}: {error}"), 0, 0).await;
                }
            }
        }
        Ok(placed)
    }

    /// As `place_fax`, without making the caller wait.
    pub fn receive_fax(
        &self,
        customer: String,
        fax: String,
    ) -> JoinHandle<Result<usize, ShopError>> {
        let orders = self.clone();
        tokio::spawn(async move { orders.place_fax(&customer, &fax).await })
    }

    pub fn get(&self, id: OrderId) -> Result<Order, ShopError> {
        self.by_id.read().unwrap().get(&id).cloned().ok_or(ShopError::UnknownOrder(id))
    }

    pub async fn set_status(&self, id: OrderId, status: Status) -> Result<Order, ShopError> {
        let changed = {
            let mut by_id = self.by_id.write().unwrap();
            let order = by_id.get_mut(&id).ok_or(ShopError::UnknownOrder(id))?;
            order.status = status;
            order.clone()
        };
        self.journal.append(&id.to_string(), 0, i64::from(changed.total())).await;
        Ok(changed)
    }

    /// The ids of all orders with `status`, oldest first.
    pub fn with_status(&self, status: Status) -> Vec<OrderId> {
        let by_id = self.by_id.read().unwrap();
        by_id.values().filter(|order| order.status == status).map(|order| order.id).collect()
    }

    /// Journals how many articles `customer` has ordered so far and returns it.
    pub async fn audit(&self, customer: &str) -> u32 {
        let total = {
            let by_id = self.by_id.read().unwrap();
            by_id.values().filter(|order| order.customer == customer).map(Order::total).sum()
        };
        self.journal.append(customer, 0, i64::from(total)).await;
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tea(count: u32) -> Vec<Line> {
        vec![Line { sku: Sku::new("tea"), count }]
    }

    #[tokio::test]
    async fn ids_count_up_and_each_order_is_journaled() {
        let journal = Journal::default();
        let orders = Orders::new(journal.clone());
        assert_eq!(orders.place("ada", tea(1)).await.unwrap().id, OrderId(1));
        assert_eq!(orders.place("bob", tea(2)).await.unwrap().id, OrderId(2));
        let now: Vec<i64> = journal.entries().await.iter().map(|entry| entry.now).collect();
        assert_eq!(now, [1, 2]);
    }

    #[tokio::test]
    async fn a_bad_line_of_a_fax_is_journaled() {
        let journal = Journal::default();
        let orders = Orders::new(journal.clone());
        let received = orders.receive_fax("ada".into(), "3 tea\ntwo cups\n1 pot".into());
        assert_eq!(received.await.unwrap(), Ok(2));
        let subjects: Vec<String> =
            journal.entries().await.into_iter().map(|entry| entry.subject).collect();
        assert_eq!(subjects, ["#1", "two cups: invalid digit found in string", "#2"]);
    }

    #[tokio::test]
    async fn a_status_change_is_seen_afterwards() {
        let orders = Orders::default();
        let id = orders.place("ada", tea(1)).await.unwrap().id;
        orders.place("bob", tea(1)).await.unwrap();
        let changed = orders.set_status(id, Status::Reserved).await.unwrap();
        assert_eq!(changed.status, Status::Reserved);
        assert_eq!(orders.with_status(Status::Placed), [OrderId(2)]);
        assert_eq!(
            orders.set_status(OrderId(9), Status::Placed).await,
            Err(ShopError::UnknownOrder(OrderId(9)))
        );
    }

    #[tokio::test]
    async fn an_audit_adds_up_one_customer() {
        let journal = Journal::default();
        let orders = Orders::new(journal.clone());
        orders.place("ada", tea(3)).await.unwrap();
        orders.place("bob", tea(9)).await.unwrap();
        orders.place("ada", tea(4)).await.unwrap();
        assert_eq!(orders.audit("ada").await, 7);
        assert_eq!(journal.entries().await[3].now, 7);
    }
}
