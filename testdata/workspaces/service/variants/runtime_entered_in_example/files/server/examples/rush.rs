//! Many customers want the last pots: `cargo run --example rush`.

use std::sync::{Arc, Mutex};

use domain::{Line, Sku};
use tokio::runtime::Handle;

async fn buy(
    state: api::AppState,
    background: Handle,
    customer: String,
    served: Arc<Mutex<Vec<String>>>,
) {
    let _entered = background.enter();
    let greeting = format!("welcome, {customer}");
    tokio::spawn(async move { println!("{greeting}") });
    let lines = vec![Line { sku: Sku::new("pot"), count: 1 }];
    if state.inventory.reserve_all(&lines).await.is_ok() {
        served.lock().unwrap().push(customer.clone());
    }
    state.sessions.touch(&customer).await;
}

#[tokio::main]
async fn main() {
    let (state, _sent, _printer) = server::start();
    server::seed(&state, &["pot"], 3).await;
    let served = Arc::new(Mutex::new(Vec::new()));
    let background = Handle::current();
    let customers: Vec<_> = (0..5)
        .map(|number| {
            let customer = format!("no. {number}");
            tokio::spawn(buy(state.clone(), background.clone(), customer, served.clone()))
        })
        .collect();
    for customer in customers {
        customer.await.unwrap();
    }
    println!("{} customers were served", served.lock().unwrap().len());
}
