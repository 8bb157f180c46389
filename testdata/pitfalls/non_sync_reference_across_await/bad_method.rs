// edition:2024
use std::sync::mpsc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn handle(_job: u32) {}

struct Worker {
    jobs: mpsc::Receiver<u32>,
}

impl Worker {
    // Works until there is nothing left.
    async fn run(&self) {
    //           ^^^^^ non_sync_reference_across_await
        while let Ok(job) = self.jobs.try_recv() {
            handle(job).await;
            //          ----- held at this await
        }
    }
}

fn main() {
    let worker = Worker { jobs: mpsc::channel().1 };
    spawn(async move { worker.run().await });
}
