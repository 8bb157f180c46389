use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::{Order, Status};
use serde::Serialize;

use crate::AppState;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub requests: u64,
    pub failures: u64,
    pub articles: u64,
    pub journal: usize,
}

#[derive(Clone, Default)]
pub struct Metrics {
    counts: Arc<Mutex<Counts>>,
}

impl Metrics {
    pub fn order_done(&self, order: &Order) {
        if order.status == Status::Reserved {
            self.counts.lock().unwrap().articles += u64::from(order.total());
        }
    }

    pub fn snapshot(&self, journal: usize) -> Counts {
        Counts { journal, ..*self.counts.lock().unwrap() }
    }
}

/// Counts each request before it is served and each failure after.
pub async fn count_requests(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let mut counts = state.metrics.counts.lock().unwrap();
    counts.requests += 1;
    let number = counts.requests;
    let response = next.run(request).await;
    if !response.status().is_success() {
        tracing::warn!(number, status = %response.status(), "request failed");
        counts.failures += 1;
    }
    response
}
