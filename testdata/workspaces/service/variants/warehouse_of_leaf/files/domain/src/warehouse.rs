use std::future::Future;

use crate::Sku;

/// Where articles are kept.
pub trait Warehouse {
    /// How many of `sku` are there.
    fn level(&self, sku: &Sku) -> u32;

    /// Adds `count` and returns the new level.
    fn put(&self, sku: &Sku, count: u32) -> impl Future<Output = u32>;
}
