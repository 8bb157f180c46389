//! Orders that wait for the kitchen, behind a trait that is used as `dyn`.
use async_trait::async_trait;
use tokio::sync::Mutex;

#[async_trait]
pub trait Queue: Send + Sync {
    async fn push(&self, order: String) -> usize;
    async fn next(&self) -> Option<String>;
}

/// In the order of their arrival.
#[derive(Default)]
pub struct Fifo {
    orders: Mutex<Vec<String>>,
}

impl Queue for Fifo {
    async fn push(&self, order: String) -> usize {
        let mut orders = self.orders.lock().await;
        orders.push(order);
        orders.len()
    }

    async fn next(&self) -> Option<String> {
        let mut orders = self.orders.lock().await;
        (!orders.is_empty()).then(|| orders.remove(0))
    }
}

/// All that wait, in their order.
pub async fn drain(queue: &dyn Queue) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(order) = queue.next().await {
        all.push(order);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Fifo, Queue, drain};

    #[tokio::test]
    async fn first_come_first_served() {
        let queue = Fifo::default();
        assert_eq!(queue.push("soup".into()).await, 1);
        assert_eq!(queue.push("bread".into()).await, 2);
        assert_eq!(drain(&queue).await, ["soup", "bread"]);
    }
}
