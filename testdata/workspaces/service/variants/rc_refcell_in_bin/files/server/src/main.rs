use std::cell::RefCell;
use std::rc::Rc;
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
async fn watch(state: api::AppState, last: Rc<RefCell<LastCount>>) {
    loop {
        let articles = state.inventory.take_stock().await;
        {
            let mut last = last.borrow_mut();
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
    server::seed(&state, &["tea", "cup", "pot"], 100).await;
    let last = Rc::new(RefCell::new(LastCount::default()));
    tokio::spawn(watch(state.clone(), last.clone()));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, api::router(state)).await?;
    println!("{} rounds, {} articles", last.borrow().rounds, last.borrow().articles);
    Ok(())
}
