//! Many customers want the last pots: `cargo run --example rush`.

use std::sync::{Arc, Mutex};

use domain::{Line, Sku};

async fn buy(state: api::AppState, customer: String, served: Arc<Mutex<Vec<String>>>) {
    let lines = vec![Line { sku: Sku::new("pot"), count: 1 }];
    if state.inventory.reserve_all(&lines).await.is_ok() {
        served.lock().unwrap().push(customer.clone());
    }
    state.sessions.touch(&customer).await;
}

#[tokio::main]
async fn main() {
    let (state, _sent, _printer) = server::start();
    let clay = tokio::spawn(server::open_shelf(state.clone(), "pot", 1));
    let iron = tokio::spawn(server::open_shelf(state.clone(), "pot", 1));
    let glass = tokio::spawn(server::open_shelf(state.clone(), "pot", 1));
    for shelf in [clay, iron, glass] {
        shelf.await.unwrap();
    }
    let served = Arc::new(Mutex::new(Vec::new()));
    let customers: Vec<_> = (0..5)
        .map(|number| tokio::spawn(buy(state.clone(), format!("no. {number}"), served.clone())))
        .collect();
    for customer in customers {
        customer.await.unwrap();
    }
    println!("{} customers were served", served.lock().unwrap().len());
}
