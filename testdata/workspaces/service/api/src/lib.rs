//! The shop over HTTP.

mod error;
mod handlers;
mod metrics;

use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use axum::Router;
use notify::Mailer;
use store::{Inventory, Journal, Orders, Sessions};

pub use error::ApiError;
pub use metrics::Metrics;

/// What every handler shares; cloning it is cheap.
#[derive(Clone)]
pub struct AppState {
    pub inventory: Inventory,
    pub orders: Orders,
    pub sessions: Sessions,
    pub mailer: Mailer,
    pub metrics: Metrics,
    pub journal: Journal,
}

impl AppState {
    pub fn new(mailer: Mailer) -> Self {
        let journal = Journal::default();
        Self {
            inventory: Inventory::new(journal.clone()),
            orders: Orders::new(journal.clone()),
            sessions: Sessions::new(journal.clone()),
            mailer,
            metrics: Metrics::default(),
            journal,
        }
    }
}

pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/orders", post(handlers::place_order))
        .route("/orders/{id}", get(handlers::get_order))
        .route("/stock/{sku}", get(handlers::stock_level).post(handlers::restock))
        .route("/metrics", get(handlers::show_metrics))
        .layer(from_fn_with_state(state.clone(), metrics::count_requests))
        .with_state(state)
}
