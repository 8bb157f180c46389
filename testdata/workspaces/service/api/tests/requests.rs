//! The router as a client sees it.

use std::sync::{Arc, Mutex};

use api::{router, AppState};
use axum::body::{to_bytes, Body};
use axum::http::{Method, Request, StatusCode};
use axum::Router;
use notify::{Mailer, Message};
use serde_json::{json, Value};
use tokio::sync::mpsc;
use tower::ServiceExt;

fn shop() -> (Router, mpsc::Receiver<Message>) {
    let (wire, received) = mpsc::channel(16);
    (router(AppState::new(Mailer::new(wire))), received)
}

async fn call(app: &Router, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 16).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

fn order(customer: &str, sku: &str, count: u32) -> Value {
    json!({ "customer": customer, "lines": [{ "sku": sku, "count": count }] })
}

#[tokio::test]
async fn an_order_takes_stock_and_sends_a_mail() {
    let (app, mut received) = shop();
    assert_eq!(call(&app, Method::POST, "/stock/tea", json!(5)).await.1, json!(5));
    let (status, placed) = call(&app, Method::POST, "/orders", order("ada", "tea", 3)).await;
    assert_eq!((status, &placed["status"]), (StatusCode::CREATED, &json!("reserved")));
    assert_eq!(call(&app, Method::GET, "/stock/tea", Value::Null).await.1, json!(2));
    assert_eq!(call(&app, Method::GET, "/orders/1", Value::Null).await.1, placed);
    assert_eq!(received.recv().await.unwrap().text, "order #1 is yours: 3 articles");
}

#[tokio::test]
async fn failures_are_counted_after_the_request() {
    let (app, mut received) = shop();
    call(&app, Method::POST, "/stock/tea", json!(1)).await;
    let (status, _) = call(&app, Method::POST, "/orders", order("ada", "tea", 2)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(received.recv().await.unwrap().text, "order #1 could not be served");
    assert_eq!(call(&app, Method::GET, "/orders/7", Value::Null).await.0, StatusCode::NOT_FOUND);
    let (_, counts) = call(&app, Method::GET, "/metrics", Value::Null).await;
    assert_eq!(counts, json!({ "requests": 4, "failures": 2, "articles": 0, "journal": 4 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_customers_at_once() {
    let (app, mut received) = shop();
    call(&app, Method::POST, "/stock/tea", json!(6)).await;
    let outcomes = Arc::new(Mutex::new(Vec::new()));
    let clients: Vec<_> = (0..4)
        .map(|number| {
            let (app, outcomes) = (app.clone(), outcomes.clone());
            tokio::spawn(async move {
                let body = order(&format!("customer {number}"), "tea", 2);
                let (status, _) = call(&app, Method::POST, "/orders", body).await;
                outcomes.lock().unwrap().push(status.as_u16());
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    let mut outcomes = outcomes.lock().unwrap().clone();
    outcomes.sort();
    assert_eq!(outcomes, [201, 201, 201, 409]);
    for _ in 0..4 {
        assert!(received.recv().await.is_some());
    }
}
