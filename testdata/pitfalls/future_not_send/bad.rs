// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(_name: &str) {}

async fn fetch_all() {
    let names = std::env::args();
    for name in names {
    //          ^^^^^ future_not_send
        fetch(&name).await;
        //           ----- held at this await
    }
}

fn main() {
    spawn(fetch_all());
}
