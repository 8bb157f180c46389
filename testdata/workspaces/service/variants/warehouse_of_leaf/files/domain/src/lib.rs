//! The shop's vocabulary: what is sold, what is ordered, what can go wrong.

mod error;
mod order;
mod warehouse;

pub use error::ShopError;
pub use order::{Line, Order, OrderId, Sku, Status};
pub use warehouse::Warehouse;
