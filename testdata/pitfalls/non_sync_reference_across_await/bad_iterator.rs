// edition:2021
use std::future::Future;
use std::sync::mpsc::{channel, Receiver};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn handle(_job: u32) {}

async fn drain(jobs: Receiver<u32>) {
    for job in jobs.try_iter() {
    //         ^^^^^^^^^^^^^^^ non_sync_reference_across_await
        handle(job).await;
        //          ----- held at this await
    }
}

fn main() {
    spawn(drain(channel().1));
}
