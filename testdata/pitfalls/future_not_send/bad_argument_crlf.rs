// edition:2021
use std::env::Args;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

mod job {
    // Prints them when it is through.
    pub async fn run(names: super::Args) {
    //               ^^^^^ future_not_send
        super::leaf().await; // takes a while
        //            ----- held at this await
        println!("{}", names.len());
    }
}

fn main() {
    spawn(job::run(std::env::args()));
}
