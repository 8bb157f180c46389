// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

fn main() {
    spawn(async {
        let count = {
            let names = std::env::args();
            //  ^^^^^ future_not_send
            names.len()
        };
        send(count).await;
        //          ----- held at this await
    });
}
