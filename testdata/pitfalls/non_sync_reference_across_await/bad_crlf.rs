// edition:2021
use std::future::Future;
use std::sync::mpsc::Receiver;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn handle(_job: u32) {}

struct Worker {
    jobs: Receiver<u32>, // from everywhere
}

async fn drain(jobs: &Receiver<u32>) {
    while let Ok(job) = jobs.try_recv() {
        handle(job).await;
    }
}

async fn run(worker: &Worker) {
//           ^^^^^^ non_sync_reference_across_await
    drain(&worker.jobs /* all */).await;
}

fn main() {
    let worker = Worker { jobs: std::sync::mpsc::channel().1 };
    spawn(async move { run(&worker).await });
}
