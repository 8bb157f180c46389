//! In-memory repositories. Every change is written to a journal, and writing
//! takes time, so the public functions are async.

mod inventory;
mod journal;
mod orders;
mod sessions;

pub use inventory::{Inventory, OpenLevels};
pub use journal::{Entry, Journal};
pub use orders::Orders;
pub use sessions::Sessions;
