use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::sleep;

/// The last stock-taking, for the watchman's line.
#[derive(Default)]
struct LastCount {
    articles: usize,
    rounds: u64,
}

/// Takes stock again and again, and says what it found.
async fn watch(state: api::AppState, last: Arc<Mutex<LastCount>>) {
    loop {
        let articles = state.inventory.take_stock().await;
        {
            let mut last = last.lock().unwrap();
            last.articles = articles;
            last.rounds += 1;
            println!("round {}: {} articles", last.rounds, last.articles);
        }
        sleep(Duration::from_secs(60)).await;
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let (state, _sent, _printer) = server::start();
    tokio::spawn(server::open_shelf(state.clone(), "tea", 100));
    tokio::spawn(server::open_shelf(state.clone(), "cup", 100));
    tokio::spawn(server::open_shelf(state.clone(), "pot", 100));
    tokio::spawn(server::open_shelf(state.clone(), "tray", 20));
    tokio::spawn(watch(state.clone(), Arc::default()));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, api::router(state)).await
}
