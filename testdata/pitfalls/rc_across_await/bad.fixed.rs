// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn read(_name: &str) -> u32 {
    7
}

fn main() {
    spawn(async {
        let name: Arc<str> = Arc::from("attic");
        //  ^^^^ rc_across_await
        let label = Arc::clone(&name);
        let value = read(&name).await;
        //                      ----- held at this await
        println!("{label}: {value}");
    });
}
