// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn handle(_job: u32) {}

fn main() {
    let (sender, jobs) = std::sync::mpsc::channel();
    sender.send(1).unwrap();
    spawn(async move {
        let queue: &std::sync::mpsc::Receiver<u32> = &jobs;
        //  ^^^^^ non_sync_reference_across_await
        let first = queue.recv().unwrap();
        handle(first).await;
        //            ----- held at this await
        handle(queue.recv().unwrap()).await;
    });
}
