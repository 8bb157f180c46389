//! The shop's vocabulary: what is sold, what is ordered, what can go wrong.

mod error;
mod order;

pub use error::ShopError;
pub use order::{store_each, Line, Order, OrderId, Sku, Status};
