//! Layers. Each makes a service of any service, for both kinds of runtime.

mod buffer;
mod erase;
mod limit;
mod log;
mod retry;
mod timeout;

pub use buffer::{Buffer, Closed, buffer};
pub use erase::{Erased, erase};
pub use limit::{ConcurrencyLimit, ConcurrencyLimitLayer};
pub use log::{Lines, Log, LogLayer, logged};
pub use retry::{Retry, RetryLayer};
pub use timeout::{Timeout, TimeoutLayer, TooLate};
