// edition:2021
use std::future::Future;
use std::sync::mpsc::Receiver;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn handle(_job: u32) {}

async fn drain(jobs: &Receiver<u32>) {
//             ^^^^ non_sync_reference_across_await
    while let Ok(job) = jobs.try_recv() {
        handle(job).await;
        //          ----- held at this await
    }
}

fn work(jobs: Receiver<u32>) {
    spawn(async move { drain(&jobs).await });
}

fn main() {
    work(std::sync::mpsc::channel().1);
}
