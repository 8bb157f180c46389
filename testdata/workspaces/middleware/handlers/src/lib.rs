//! Services to be served: small, but each waits for something.

pub mod queue;

use std::fmt::{self, Display};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use layers::{Closed, TooLate};
use macros::handler;
use tokio::task::yield_now;
use tokio::time::sleep;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    TooLate,
    Closed,
    Refused(String),
}

impl Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::TooLate => out.write_str("too late"),
            Failure::Closed => out.write_str("closed"),
            Failure::Refused(why) => write!(out, "refused: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<TooLate> for Failure {
    fn from(_: TooLate) -> Self {
        Failure::TooLate
    }
}

impl From<Closed> for Failure {
    fn from(_: Closed) -> Self {
        Failure::Closed
    }
}

/// Puts a mark before each request.
#[derive(Clone, Debug)]
pub struct Mark<M> {
    mark: M,
}

impl<M> Mark<M> {
    pub fn new(mark: M) -> Self {
        Self { mark }
    }
}

#[handler]
impl<M: Clone + Display + Send + Sync> Mark<M> {
    pub async fn handle(&self, request: String) -> Result<String, Failure> {
        let mark = self.mark.clone();
        yield_now().await;
        Ok(format!("{mark}{request}"))
    }
}

/// Refuses so many requests before it answers any.
#[derive(Debug)]
pub struct Sleepy {
    refusals: AtomicU32,
}

impl Sleepy {
    pub fn new(refusals: u32) -> Self {
        Self { refusals: AtomicU32::new(refusals) }
    }
}

#[handler]
impl Sleepy {
    pub async fn handle(&self, request: String) -> Result<String, Failure> {
        let refuses = self
            .refusals
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .is_ok();
        sleep(Duration::from_millis(1)).await;
        if refuses { Err(Failure::Refused(request)) } else { Ok(request) }
    }
}

#[cfg(test)]
mod tests {
    use layers::RetryLayer;
    use service::{Layer, SendService};

    use super::*;

    #[tokio::test]
    async fn a_mark_may_be_a_number() {
        assert_eq!(Mark::new(7).call(" up".into()).await, Ok("7 up".into()));
    }

    #[tokio::test]
    async fn who_is_sleepy_wants_to_be_asked_again() {
        let once = Sleepy::new(1);
        assert_eq!(once.call("tea".into()).await, Err(Failure::Refused("tea".into())));
        let again = RetryLayer::new(3).layer(Sleepy::new(2));
        assert_eq!(again.call("tea".into()).await, Ok("tea".into()));
    }
}
