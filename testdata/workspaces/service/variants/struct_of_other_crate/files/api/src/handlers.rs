use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::Json;
use domain::{Line, Order, OrderId, ShopError, Sku, Status};
use notify::Message;
use serde::Deserialize;

use crate::metrics::Counts;
use crate::{ApiError, AppState};

#[derive(Deserialize)]
pub struct NewOrder {
    pub customer: String,
    pub lines: Vec<Line>,
}

/// Places the order, reserves its lines and tells the customer.
pub async fn place_order(
    State(state): State<AppState>,
    Json(new): Json<NewOrder>,
) -> Result<(StatusCode, Json<Order>), ApiError> {
    state.sessions.touch(&new.customer).await;
    let order = state.orders.place(&new.customer, new.lines).await?;
    let reserved = state.inventory.reserve_all(&order.lines).await;
    let status = if reserved.is_ok() { Status::Reserved } else { Status::Rejected };
    let order = state.orders.set_status(order.id, status).await?;
    state.mailer.queue(Message::about(&order));
    state.mailer.flush().await?;
    state.metrics.order_done(&order);
    reserved?;
    Ok((StatusCode::CREATED, Json(order)))
}

pub async fn get_order(
    State(state): State<AppState>,
    Path(id): Path<u64>,
) -> Result<Json<Order>, ApiError> {
    Ok(Json(state.orders.get(OrderId(id))?))
}

pub async fn stock_level(
    State(state): State<AppState>,
    Path(sku): Path<String>,
) -> Result<Json<u32>, ApiError> {
    let sku = Sku(sku);
    let level = state.inventory.level(&sku);
    Ok(Json(level.ok_or(ShopError::UnknownSku(sku))?))
}

pub async fn restock(
    State(state): State<AppState>,
    Path(sku): Path<String>,
    Json(count): Json<u32>,
) -> Json<u32> {
    let sku = Sku(sku);
    let mut levels = state.inventory.open();
    let now = levels.add(&sku, count);
    state.inventory.note(&sku, count, now).await;
    Json(now)
}

pub async fn show_metrics(State(state): State<AppState>) -> Json<Counts> {
    let written = state.journal.len().await;
    Json(state.metrics.snapshot(written))
}
