//! Many customers want the last pots: `cargo run --example rush`.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use domain::{Line, Sku};

/// Whoever holds it stands at the counter.
type Counter = Arc<Mutex<()>>;

async fn buy(state: api::AppState, customer: String, served: Arc<AtomicU32>, counter: Counter) {
    let _turn = counter.lock().unwrap();
    let lines = vec![Line { sku: Sku::new("pot"), count: 1 }];
    if state.inventory.reserve_all(&lines).await.is_ok() {
        served.fetch_add(1, Ordering::Relaxed);
    }
    state.sessions.touch(&customer).await;
}

#[tokio::main]
async fn main() {
    let (state, _sent, _printer) = server::start();
    server::seed(&state, &["pot"], 3).await;
    let served = Arc::new(AtomicU32::new(0));
    let counter: Counter = Arc::new(Mutex::new(()));
    let customers: Vec<_> = (0..5)
        .map(|number| {
            let (served, counter) = (served.clone(), counter.clone());
            tokio::spawn(buy(state.clone(), format!("no. {number}"), served, counter))
        })
        .collect();
    for customer in customers {
        customer.await.unwrap();
    }
    println!("{} customers were served", served.load(Ordering::Relaxed));
}
