// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn main() {
    let mut names = std::env::args();
    spawn(async move {
        leaf().await;
        println!("{:?}", names.next());
        //               ^^^^^ future_not_send
    });
}
