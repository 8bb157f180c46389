use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use domain::{Line, Order, OrderId, ShopError, Status};

use crate::Journal;

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
        let by_id = self.by_id.read().unwrap();
        let total =
            by_id.values().filter(|order| order.customer == customer).map(Order::total).sum();
        self.journal.append(customer, 0, i64::from(total)).await;
        total
    }
}

#[cfg(test)]
mod tests {
    use domain::Sku;

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
        let audit = tokio::spawn(async move { orders.audit("ada").await });
        assert_eq!(audit.await.unwrap(), 7);
        assert_eq!(journal.entries().await[3].now, 7);
    }
}
